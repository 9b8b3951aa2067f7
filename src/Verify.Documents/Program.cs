using System.Text;
using Verify.Documents;

// Reads one untrusted file from standard input and writes its text to standard output. A process of its own, because
// readers of such files can overflow the stack, eat all memory or never end: whoever starts it may kill it.
// Exit status: 0 done; 2 wrong kind named; 10 encrypted; 11 damaged; 12 too large once unpacked. Why, in one line, on
// standard error.
if (args is not [var kind] || kind is not ("pdf" or "docx" or "html"))
{
    Console.Error.WriteLine("usage: verify-documents pdf|docx|html < FILE");
    return 2;
}
using var input = new MemoryStream();
await Console.OpenStandardInput().CopyToAsync(input);
input.Position = 0;
var limits = new Limits();
try
{
    var text = kind switch { "pdf" => PdfText.Read(input, limits), "docx" => WordText.Read(input, limits), _ => HtmlText.Read(input, limits) };
    var bytes = Encoding.UTF8.GetBytes(text);
    await using var output = Console.OpenStandardOutput();
    await output.WriteAsync(bytes);
    return 0;
}
catch (UnreadableException e)
{
    Console.Error.WriteLine(e.Message);
    return e.Status;
}
catch (OutOfMemoryException)
{
    Console.Error.WriteLine("it needs more memory than a document should");
    return UnreadableException.TooLarge;
}
#pragma warning disable CA1031 // a damaged file fails in any way its reader knows; all of them mean the same to the caller
catch (Exception e)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"it cannot be read as {kind}: {e.Message.ReplaceLineEndings(" ")}");
    return UnreadableException.Damaged;
}
