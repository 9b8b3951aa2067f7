using System.Collections.Frozen;

namespace Verify.Attribution.Language;

/// <summary>Words that end or begin the names of places, events and things, so that "Iraq War" is nobody.</summary>
internal static class Places
{
    public static bool Contains(string last) => Last.Contains(last);
    public static bool Begins(string first) => First.Contains(first);

    private static readonly FrozenSet<string> Last = Set("""
        week weekend month year night disease diseases war island islands street road avenue river lake mountain mountains bay beach park hall bridge square tower stadium airport
        station award awards prize cup day act bill law treaty accord accords agreement games championship championships series sea
        ocean gulf valley county city town province district region desert coast peninsula strait canal harbour harbor port cathedral
        castle palace temple mosque museum gallery theatre theater plaza centre center building house court highway motorway freeway
        festival summit conference convention amendment revolution uprising massacre crisis disaster storm hurricane typhoon cyclone
        earthquake flood fire flight operation programme program project mission belt territory territories kingdom empire states
        africa america asia europe australia york jersey zealand kong angeles francisco
        """);

    private static readonly FrozenSet<string> First = Set("""
        north south east west northern southern eastern western central new los las san santa saint st upper lower mount lake cape fort
        operation hurricane typhoon cyclone tropical flight project air
        """);

    private static FrozenSet<string> Set(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
