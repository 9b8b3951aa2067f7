using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Verify.Documents;

internal static class WordText
{
    public static string Read(MemoryStream file, Limits limits)
    {
        // An encrypted Word file is no archive but a compound file.
        if (file.Length > 8 && file.GetBuffer() is [0xD0, 0xCF, 0x11, 0xE0, ..]) throw new UnreadableException(UnreadableException.Encrypted, "it is encrypted, or in the format before .docx");
        Unpack(file, limits);
        file.Position = 0;
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        var body = document.MainDocumentPart?.Document?.Body ?? throw new UnreadableException(UnreadableException.Damaged, "it has no text in it");
        var text = new StringBuilder();
        foreach (var paragraph in body.Descendants<Paragraph>())
        {
            Append(paragraph, text);
            text.Append("\n\n");
            if (text.Length > limits.Characters) throw new UnreadableException(UnreadableException.TooLarge, $"its text is longer than {limits.Characters / 1_000_000} million characters");
        }
        if (document.MainDocumentPart.FootnotesPart?.Footnotes is { } notes)
            foreach (var note in notes.Descendants<Paragraph>().Select(p => p.InnerText).Where(t => t.Length > 0)) text.Append(note).Append("\n\n");
        return text.ToString().Trim();
    }

    private static void Append(Paragraph paragraph, StringBuilder text)
    {
        foreach (var element in paragraph.Descendants())
            switch (element)
            {
                // What was deleted with changes tracked is not what the document says; what was inserted is.
                case DeletedText: break;
                case Text { Parent.Parent: MoveFromRun }: break; // moved away
                case Text t: text.Append(t.Text); break;
                case TabChar: text.Append('\t'); break;
                case Break or CarriageReturn: text.Append('\n'); break;
                case NoBreakHyphen: text.Append('-'); break;
            }
    }

    // Unpacks everything once into nothing, counting: what an archive says of its own sizes may be a lie.
    private static void Unpack(MemoryStream file, Limits limits)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > limits.Entries) throw new UnreadableException(UnreadableException.TooLarge, $"it is an archive of {archive.Entries.Count} files");
        var total = 0L;
        var chunk = new byte[81920];
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                total += read;
                if (total > limits.Unpacked || total > 10_000_000 && total > file.Length * limits.Ratio)
                    throw new UnreadableException(UnreadableException.TooLarge, "it unpacks to far more than a document holds");
            }
        }
    }
}
