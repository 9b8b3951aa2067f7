using System.Text.Json;

namespace Verify.Benchmarks;

internal static class Measure
{
    /// <summary>One JSON line a measurement; units are in the keys.</summary>
    public static void Print(string bench, params (string Key, object Value)[] figures)
    {
        var line = new Dictionary<string, object> { ["bench"] = bench };
        foreach (var (key, value) in figures) line[key] = value is double d ? Math.Round(d, d < 10 ? 3 : 1) : value;
        Console.WriteLine(JsonSerializer.Serialize(line));
    }

    public static double Percentile(List<double> values, double p)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[Math.Min(values.Count - 1, (int)(p * values.Count))];
    }

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Verify.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>A folder on the working disk (not a memory file system, where a commit costs nothing); gone afterwards.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(Measure.Root, "tests", "Verify.Benchmarks", "obj", $"run-{Guid.CreateVersion7()}")).FullName;
    public string File(string name) => System.IO.Path.Combine(Path, name);
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
