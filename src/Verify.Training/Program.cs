using Verify.Attribution;
using Verify.Training;

if (args is not [("syntax" or "claims" or "check") and var part, var shared, var folder])
{
    Console.Error.WriteLine("usage: verify-training syntax|claims|check SHARED FOLDER");
    return 2;
}
Directory.CreateDirectory(folder);
if (part == "syntax")
{
    var ewt = Path.Combine(shared, "data", "ewt");
    var gum = Directory.GetFiles(Path.Combine(shared, "data", "gum", "dep"), "*.conllu").Order(StringComparer.Ordinal).ToList();
    string[] held = ["news_homeopathic", "news_iodine", "news_nasa", "news_sensitive", "interview_hill", "interview_gaming"];
    bool Held(string f) => held.Contains(Path.GetFileNameWithoutExtension(f)[4..]);
    var bank = Treebank.Read(Path.Combine(ewt, "en_ewt-ud-train.conllu")).Concat(Treebank.Read(Path.Combine(ewt, "en_ewt-ud-dev.conllu"))).Concat(gum.Where(f => !Held(f)).SelectMany(Treebank.Read)).ToList();
    var model = SyntaxTrainer.Train(bank, Console.Out);
    foreach (var (name, test) in new[] { ("EWT test", Treebank.Read(Path.Combine(ewt, "en_ewt-ud-test.conllu"))), ("GUM news and interviews held back", gum.Where(Held).SelectMany(Treebank.Read)) })
    {
        var (tags, heads, both) = SyntaxTrainer.Score(model, test.ToList());
        Console.WriteLine($"{name}: tags {tags:0.0} %, heads {heads:0.0} %, heads and relations {both:0.0} %");
    }
    using var file = File.Create(Path.Combine(folder, "syntax.model"));
    model.Write(file);
    return 0;
}
var articles = ClaimTrainer.Read(Path.Combine(shared, "gold", "dev"));
if (part == "claims")
{
    using var file = File.Create(Path.Combine(folder, "claims.model"));
    ClaimTrainer.Train(articles).Write(file);
    return 0;
}
// Each article is read with a judge that has not seen it; what is written goes to the reference scorer.
var (found, proposed, marked) = (0, 0, 0);
for (var fold = 0; fold < ClaimTrainer.Folds; fold++)
{
    var judge = ClaimTrainer.Train(articles.Where((_, k) => k % ClaimTrainer.Folds != fold).ToList());
    foreach (var article in articles.Where((_, k) => k % ClaimTrainer.Folds == fold))
    {
        File.WriteAllText(Path.Combine(folder, article.Id.Replace(".gold.jsonl", ".jsonl", StringComparison.Ordinal)), ClaimLines.Write(article.Text, Extractor.Extract(article.Text, judge, null), explain: true));
        var score = ClaimTrainer.Score(article, judge);
        (found, proposed, marked) = (found + score.Found, proposed + score.Proposed, marked + score.Marked);
    }
}
Console.WriteLine($"{marked} marked, {proposed} proposed, {found} found: precision {(double)found / proposed:0.000}, recall {(double)found / marked:0.000}");
return 0;
