using Verify.Benchmarks;

// dotnet run -c Release --project tests/Verify.Benchmarks -- NAME [--option value]
var benchmarks = new Dictionary<string, (string About, Func<Settings, Task> Run)>
{
    ["extraction"] = ("words per second on one core; --seconds N, --text FILE-or-FOLDER for text of your own", Extraction.Run),
    ["hostile"] = ("seconds for text made to be slow (quotation marks, one endless sentence, nested quotations) at 1, 2, 5 and 10 MB; --mb N", Hostile.Run),
    ["completions"] = ("durable completions per second through `standard`, beside the disk's own rate; --callers N, --seconds N", Completions.Run),
    ["completions-offered"] = ("the time of a completion at --per-second N (2000); --seconds N", UnderLoad.Offered),
    ["completions-http"] = ("over HTTP, a server process of its own; --connections N (64), --claims N, --seconds N", UnderLoad.Http),
    ["items-1m"] = ("completions at --claims N (1000000) beside --small N (1000), starting them, history and backup of such a desk; --rounds N", Sizes.Items),
    ["finished"] = ("bytes of a finished item with its whole history; --claims N", Sizes.Finished),
    ["timers"] = ("--claims N (100000) timers due at once", Sizes.Timers),
    ["soak"] = ("--seconds N (3600) at --per-second N (1500): memory and write-ahead log; a line a minute", UnderLoad.Soak),
    ["runtimes"] = ("the same with 1 and 8 callers on each runtime that is built in; --claims N, --seconds N", Completions.OnEachRuntime),
    ["definitions"] = ("what a definition costs to read, walk and run as it grows to --activities N (810); --rounds N", DefinitionSizes.Run),
    ["startup"] = ("process start to finished `check` of a 750-word article on a new database; --rounds N", Startup.Run),
    ["quotation"] = ("a 30-word quotation against a document of 1 MB, its reading included; --kb N, --rounds N", Evidence.Quotation),
    ["origins"] = ("independent origins in a graph; --nodes N (10000), --rounds N", Evidence.Origins),
    ["matching"] = ("earlier claims that say the same, and search, at --claims N (1000000); --rounds N", Matching.Run),
    ["queue"] = ("the queue's first page; --claims N (100000), --rounds N", Queue.Run),
    ["serving"] = ("pages of the desk in the browser, its memory and its news, at --claims N (1000000); --rounds N, --listeners N (200), --seconds N", Serving.Run),
};

if (args is [] or ["list"] or ["--help"])
{
    foreach (var (name, benchmark) in benchmarks) Console.WriteLine($"{name,-12} {benchmark.About}");
    Console.WriteLine($"{"smoke",-12} all of them for about a second each, on small data");
    return 0;
}
if (args[0] == "smoke")
{
    foreach (var benchmark in benchmarks.Values) await benchmark.Run(Settings.Smoke);
    return 0;
}
if (!benchmarks.TryGetValue(args[0], out var chosen))
{
    Console.Error.WriteLine($"no benchmark '{args[0]}'; `list` names them");
    return 2;
}
if (Settings.Read(args[1..]) is not { } settings)
{
    Console.Error.WriteLine("options are --name value pairs with whole numbers, and --text with a path");
    return 2;
}
await chosen.Run(settings);
return 0;
