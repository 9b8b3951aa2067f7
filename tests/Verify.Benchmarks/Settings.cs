using System.Globalization;

namespace Verify.Benchmarks;

/// <summary>A benchmark's options; each benchmark knows its defaults.</summary>
internal sealed class Settings(Dictionary<string, string> values, bool smoke)
{
    public static readonly Settings Smoke = new([], smoke: true);

    public static Settings? Read(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length) return null;
            if (args[i] != "--text" && !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _)) return null;
            values[args[i][2..]] = args[i + 1];
        }
        return new(values, smoke: false);
    }

    /// <param name="full">Default of a full run.</param>
    /// <param name="small">Default of a smoke run.</param>
    public int Number(string name, int full, int small) =>
        values.TryGetValue(name, out var v) ? int.Parse(v, CultureInfo.InvariantCulture) : smoke ? small : full;

    public string? Text => values.GetValueOrDefault("text");
}
