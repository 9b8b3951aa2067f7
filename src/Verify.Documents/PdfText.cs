using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Verify.Documents;

internal static class PdfText
{
    public static string Read(Stream file, Limits limits)
    {
        PdfDocument document;
        try { document = PdfDocument.Open(file); }
        catch (PdfDocumentEncryptedException) { throw new UnreadableException(UnreadableException.Encrypted, "it is encrypted"); }
        using (document)
        {
            if (document.NumberOfPages > limits.Pages) throw new UnreadableException(UnreadableException.TooLarge, $"it has {document.NumberOfPages} pages");
            var text = new StringBuilder();
            foreach (var page in document.GetPages())
            {
                var part = ContentOrderTextExtractor.GetText(page);
                if (text.Length + part.Length > limits.Characters) throw new UnreadableException(UnreadableException.TooLarge, $"its text is longer than {limits.Characters / 1_000_000} million characters");
                if (part.Length > 0) text.Append(part).Append("\n\n");
            }
            return text.ToString().Trim();
        }
    }
}
