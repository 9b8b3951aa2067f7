using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shouldly;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using Verify.Desk.Features.Evidence;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>Files from anywhere, read in a process of their own: what is good is read, what is bad is refused by name.</summary>
public sealed class DocumentReading
{
    private const string Sentence = "Harbour masters are to give no reason in writing.";

    private static async Task<string> Refused(string name, byte[] bytes)
    {
        var result = await EvidenceFile.Read(name, bytes);
        result.Refusal.ShouldNotBeNull(name);
        result.Refusal.Message.ShouldContain(name);
        result.Refusal.Message.ShouldNotContain("\n");
        return result.Refusal.Code;
    }

    [Fact]
    public async Task Text_Html_Word_Pdf_GiveTheirText()
    {
        (await EvidenceFile.Read("a.txt", Encoding.UTF8.GetBytes("\uFEFF" + Sentence))).Value.Text.ShouldBe(Sentence);
        (await EvidenceFile.Read("a.html", Encoding.UTF8.GetBytes($"<html><head><script>x()</script></head><body><nav>Home</nav><p>{Sentence}</p><p>Two.</p></body></html>"))).Value.Text.ShouldBe($"{Sentence}\n\nTwo.");
        (await EvidenceFile.Read("a.docx", Word(Sentence, "Two."))).Value.Text.ShouldBe($"{Sentence}\n\nTwo.");
        var pdf = (await EvidenceFile.Read("a.pdf", Pdf(Sentence))).Value;
        (pdf.MediaType, pdf.Text).ShouldBe(("application/pdf", Sentence));
        var picture = (await EvidenceFile.Read("a.png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0])).Value;
        (picture.MediaType, picture.Text).ShouldBe(("image/png", null));
        (await EvidenceFile.Read("a.bin", [1, 0, 2])).Value.MediaType.ShouldBe("application/octet-stream");
    }

    [Fact]
    public async Task Word_WithTrackedChanges_SaysWhatItSaysNow()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var deleted = new DeletedRun(new Run(new DeletedText("seven "))) { Author = "a", Id = "1" };
            var inserted = new InsertedRun(new Run(new Text("four ") { Space = SpaceProcessingModeValues.Preserve })) { Author = "a", Id = "2" };
            document.AddMainDocumentPart().Document = new Document(new Body(new Paragraph(new Run(new Text("The town closes ") { Space = SpaceProcessingModeValues.Preserve }), deleted, inserted, new Run(new Text("wells.")))));
        }
        (await EvidenceFile.Read("a.docx", stream.ToArray())).Value.Text.ShouldBe("The town closes four wells.");
    }

    [Fact]
    public async Task WhatIsNotWhatItsEndingSays_IsRefused()
    {
        (await Refused("a.pdf", Encoding.UTF8.GetBytes(Sentence))).ShouldBe("wrong_type");
        (await Refused("a.txt", Pdf(Sentence))).ShouldBe("wrong_type");
        (await Refused("a.docx", Pdf(Sentence))).ShouldBe("wrong_type");
        (await Refused("a.png", Encoding.UTF8.GetBytes(Sentence))).ShouldBe("wrong_type");
        (await Refused("a.txt", [1, 0, 2])).ShouldBe("wrong_type");
        (await Refused("a.txt", [])).ShouldBe("empty");
    }

    [Fact]
    public async Task TooLarge_AndArchivesThatBlowUp_AreRefused()
    {
        (await Refused("a.pdf", new byte[100 * 1024 * 1024])).ShouldBe("too_large");
        (await Refused("bomb.docx", Archive(a => Fill(a.CreateEntry("word/document.xml"), 300_000_000)))).ShouldBe("too_large");
        (await Refused("many.docx", Archive(a => { for (var i = 0; i < 6000; i++) a.CreateEntry($"word/{i}.xml"); }))).ShouldBe("too_large");
        (await Refused("empty.docx", Archive(a => a.CreateEntry("word/nothing.xml")))).ShouldBe("damaged");
    }

    [Fact]
    public async Task Encrypted_IsRefusedAsSuch()
    {
        (await Refused("a.pdf", EncryptedPdf())).ShouldBe("encrypted");
        (await Refused("a.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])).ShouldBe("encrypted");
    }

    [Fact]
    public async Task WhatOverflowsTheReadersStack_EndsTheReaderAndNotTheDesk()
    {
        // Arrays within arrays, deeper than any parser's stack.
        var deep = new string('[', 400_000) + new string(']', 400_000);
        var bytes = Encoding.ASCII.GetBytes($"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /X {deep} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n9\n%%EOF\n");
        (await Refused("deep.pdf", bytes)).ShouldBeOneOf("damaged", "too_large");
        (await Refused("cut.pdf", Pdf(Sentence)[..200])).ShouldBe("damaged");
    }

    [Fact]
    public async Task WhatTakesTooMuchMemory_IsEnded()
    {
        var random = new Random(7);
        var bytes = Archive(archive =>
        {
            using var writer = new StreamWriter(archive.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open());
            writer.Write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
            for (var i = 0; i < 1_500_000; i++) writer.Write($"<w:p><w:r><w:t>{random.Next():x}</w:t></w:r></w:p>");
            writer.Write("</w:body></w:document>");
        }, asPackage: true);
        bytes.Length.ShouldBeLessThan(EvidenceFile.MaxBytes);
        (await Refused("huge.docx", bytes)).ShouldBe("too_large");
    }

    private static byte[] Word(params string[] paragraphs)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
            document.AddMainDocumentPart().Document = new Document(new Body(paragraphs.Select(p => new Paragraph(new Run(new Text(p))))));
        return stream.ToArray();
    }

    private static byte[] Pdf(string text)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4).AddText(text, 12, new PdfPoint(50, 700), font);
        return builder.Build();
    }

    // The standard handler with keys that no empty password opens.
    private static byte[] EncryptedPdf()
    {
        var key = string.Concat(Enumerable.Repeat("5A", 32));
        return Encoding.ASCII.GetBytes($"""
            %PDF-1.4
            1 0 obj
            << /Type /Catalog /Pages 2 0 R >>
            endobj
            2 0 obj
            << /Type /Pages /Kids [] /Count 0 >>
            endobj
            3 0 obj
            << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >>
            endobj
            trailer
            << /Root 1 0 R /Size 4 /Encrypt 3 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>
            startxref
            0
            %%EOF

            """);
    }

    private static byte[] Archive(Action<ZipArchive> fill, bool asPackage = false)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (asPackage)
            {
                Put(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
                Put(archive, "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
            }
            fill(archive);
        }
        return stream.ToArray();
    }

    private static void Put(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }

    private static void Fill(ZipArchiveEntry entry, long bytes)
    {
        using var stream = entry.Open();
        var chunk = new byte[1_000_000];
        for (var i = 0L; i < bytes; i += chunk.Length) stream.Write(chunk);
    }
}
