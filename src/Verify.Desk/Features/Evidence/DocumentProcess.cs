using System.Diagnostics;
using System.Text;

namespace Verify.Desk.Features.Evidence;

/// <summary>Runs the reader of untrusted files, and ends it when it takes too long or too much.</summary>
internal static class DocumentProcess
{
    public const int TooSlow = -1, TooMuchMemory = -2, Missing = -3;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<(int Status, string Output, string Why)> Run(string kind, byte[] bytes, CancellationToken cancellation)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "verify-documents.exe" : "verify-documents");
        if (!File.Exists(program)) return (Missing, "", "");
        var start = new ProcessStartInfo(program, kind) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, UseShellExecute = false };
        start.Environment["DOTNET_GCHeapHardLimit"] = (EvidenceFile.MaxMemory * 2 / 3).ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(EvidenceFile.MaxTime);
        var output = process.StandardOutput.ReadToEndAsync(time.Token);
        var why = process.StandardError.ReadToEndAsync(time.Token);
        var over = Watch(process, time.Token);
        try
        {
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(bytes, time.Token);
                process.StandardInput.Close();
            }
            catch (IOException) { /* it ended before it had read everything: its status says why */ }
            await process.WaitForExitAsync(time.Token);
            if (await over) return (TooMuchMemory, "", "");
            var line = (await why).Split('\n')[0].Trim();
            // The runtime's own words for a heap that is full, or a stack that is.
            if (process.ExitCode is not (0 or 10 or 11 or 12) && line.Contains("memory", StringComparison.OrdinalIgnoreCase)) return (TooMuchMemory, "", "");
            return (process.ExitCode, await output, process.ExitCode is 10 or 11 or 12 ? line : "");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { return (TooSlow, "", ""); }
        finally { if (!process.HasExited) process.Kill(entireProcessTree: true); }
    }

    // The heap's limit does not bind what a parser takes outside it.
    private static async Task<bool> Watch(Process process, CancellationToken cancellation)
    {
        while (!process.HasExited)
        {
            try
            {
                process.Refresh();
                if (process.WorkingSet64 > EvidenceFile.MaxMemory)
                {
                    process.Kill(entireProcessTree: true);
                    return true;
                }
                await Task.WhenAny(process.WaitForExitAsync(cancellation), Task.Delay(Look, cancellation));
            }
            catch (Exception e) when (e is InvalidOperationException or OperationCanceledException) { return false; }
        }
        return false;
    }
}
