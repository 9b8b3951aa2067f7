using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Verify.Cli;

/// <summary>Data to standard output, everything else to standard error.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
    private static readonly JsonSerializerOptions OneLine = new(JsonOptions) { WriteIndented = false };

    private static readonly IAnsiConsole Console_ = CreateConsole();

    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    /// <summary>One of many: a line of its own, so that it can be read while others are still to come.</summary>
    public static void JsonLine<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, OneLine));

    public static void Line(string text = "") => Console.Out.WriteLine(Plain(text));

    /// <summary>A remark for people; never mixed with data.</summary>
    public static void Remark(string text) => Console.Error.WriteLine(Plain(text));

    public static void Complain(bool json, string code, string message) =>
        Console.Error.WriteLine(json ? JsonSerializer.Serialize(new { error = new { code, message } }, OneLine) : $"verify: {code}: {Plain(message)}");

    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = column is "Task" or "Step" or "For" or "Due" });
        foreach (var row in rows) table.AddRow(row.Select(c => Markup.Escape(Plain(c))).ToArray());
        Console_.Write(table);
    }

    /// <summary>Characters on a line; generous where the output goes into a file.</summary>
    public static int Width => Console_.Profile.Width;

    /// <summary>Shortens to at most this many characters.</summary>
    public static string Short(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");

    public static string Count(long n, string thing) => $"{n} {thing}{(n == 1 ? "" : "s")}";

    public static string Time(DateTimeOffset? time) => time is { } t ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";

    // Articles come from anywhere: what could steer a terminal is shown, not sent.
    private static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0000', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text) plain.Append(c is '\n' ? '\n' : char.IsControl(c) ? ' ' : c);
        return plain.ToString();
    }

    private static IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160; // a file has no edge to wrap at
        return console;
    }
}
