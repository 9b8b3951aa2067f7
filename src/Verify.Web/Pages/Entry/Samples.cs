using System.Reflection;

namespace Verify.Web.Pages.Entry;

internal static class Samples
{
    /// <summary>A made-up article to look around with.</summary>
    public static string Article { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("sample.txt")!);
        return reader.ReadToEnd();
    }
}
