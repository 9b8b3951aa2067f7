using Shouldly;
using Verify.Attribution.Rules;
using Verify.Attribution.Syntax;
using Verify.Training;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>What is learnt is learnt again in the same way, and is no worse than what is said of it.</summary>
public sealed class Training
{
    // A treebank of our own, too small for anything but to show that learning is repeatable.
    private const string Bank = """
        1	The	the	DET	DT	_	2	det	_	_
        2	mayor	mayor	NOUN	NN	_	3	nsubj	_	_
        3	said	say	VERB	VBD	_	0	root	_	_
        4	the	the	DET	DT	_	5	det	_	_
        5	wells	well	NOUN	NNS	_	7	nsubj:pass	_	_
        6	were	be	AUX	VBD	_	7	aux:pass	_	_
        7	closed	close	VERB	VBN	_	3	ccomp	_	SpaceAfter=No
        8	.	.	PUNCT	.	_	3	punct	_	_

        1	Ships	ship	NOUN	NNS	_	3	nsubj	_	_
        2	often	often	ADV	RB	_	3	advmod	_	_
        3	wait	wait	VERB	VBP	_	0	root	_	_
        4	at	at	ADP	IN	_	6	case	_	_
        5	the	the	DET	DT	_	6	det	_	_
        6	quay	quay	NOUN	NN	_	3	obl	_	SpaceAfter=No
        7	.	.	PUNCT	.	_	3	punct	_	_

        """;

    [Fact]
    public void Syntax_LearntTwice_GivesTheSameBytes()
    {
        var file = Path.Combine(Path.GetTempPath(), $"verify-bank-{Guid.CreateVersion7()}.conllu");
        File.WriteAllText(file, Bank.ReplaceLineEndings("\n"));
        try
        {
            var bank = Treebank.Read(file).ToList();
            bank.Count.ShouldBe(2);
            byte[] Learn()
            {
                using var bytes = new MemoryStream();
                SyntaxTrainer.Train([.. Enumerable.Repeat(bank, 30).SelectMany(b => b)], TextWriter.Null).Write(bytes);
                return bytes.ToArray();
            }
            var first = Learn();
            Learn().ShouldBe(first);
            // What it has learnt by heart it can do.
            SyntaxTrainer.Score(Model.Read(new MemoryStream(first)), bank).Both.ShouldBe(100);
        }
        finally { File.Delete(file); }
    }

    [Fact]
    public void Judge_LearntAgain_IsTheOneThatIsBuiltIn()
    {
        using var bytes = new MemoryStream();
        ClaimTrainer.Train(Marked()).Write(bytes);
        using var builtIn = typeof(Judge).Assembly.GetManifestResourceStream("claims.model")!;
        using var expected = new MemoryStream();
        builtIn.CopyTo(expected);
        bytes.ToArray().ShouldBe(expected.ToArray(), "the extractor has changed since the judge was trained; see src/Verify.Attribution/Model/README.md");
    }

    /// <summary>Every article is read by a judge that has not seen it. The bounds lie a little below what was measured.</summary>
    [Fact]
    public void Extract_MarkedArticles_FindsMostAndInventsLittle()
    {
        var articles = Marked();
        var (found, proposed, marked) = (0, 0, 0);
        for (var fold = 0; fold < ClaimTrainer.Folds; fold++)
        {
            var judge = ClaimTrainer.Train([.. articles.Where((_, k) => k % ClaimTrainer.Folds != fold)]);
            foreach (var article in articles.Where((_, k) => k % ClaimTrainer.Folds == fold))
            {
                var score = ClaimTrainer.Score(article, judge);
                (found, proposed, marked) = (found + score.Found, proposed + score.Proposed, marked + score.Marked);
            }
        }
        ((double)found / proposed).ShouldBeGreaterThan(0.93);
        ((double)found / marked).ShouldBeGreaterThan(0.91);
    }

    private static List<ClaimTrainer.Article> Marked()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Verify.sln"))) root = Path.GetDirectoryName(root)!;
        var dev = Path.Combine(Environment.GetEnvironmentVariable("VERIFY_SHARED") ?? Path.Combine(root, "..", "shared"), "gold", "dev");
        Assert.SkipUnless(Directory.Exists(dev), "the shared gold articles are not on this machine (set VERIFY_SHARED to their folder)");
        return ClaimTrainer.Read(dev);
    }
}
