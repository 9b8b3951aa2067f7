using System.CommandLine;
using Verify.Desk.Features.Claims;

namespace Verify.Cli.Verbs;

internal static class CommentVerb
{
    private static readonly Argument<string> Text = new("text") { Description = "What you have to say" };

    public static Command Create()
    {
        var command = new Command("comment", """
            Comment on a claim.

            Example:
              verify comment 1.2 "The ministry calls back at four" --as Ines
            """) { ClaimVerb.Claim, Text };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new CommentOnClaim(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Text)!) { As = run.User, Key = run.Key }, added => Output.Line($"commented on {added.Claim}"));
        });
        return command;
    }
}
