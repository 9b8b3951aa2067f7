using Shouldly;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Live;
using Verify.Desk.Features.Matching;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Origins;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Runtimes;
using Verify.Desk.Features.SecondarySource;
using Verify.Desk.Features.Timers;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;

namespace Verify.Desk.Tests;

/// <summary>One after the other, everything that a desk can be told to do, on a desk with users.</summary>
internal static class EveryCommand
{
    /// <summary>In an order in which each finds what it needs.</summary>
    public static readonly (Type Command, Func<TestDesk, Task> Do)[] InOrder =
    [
        (typeof(CheckArticle), t => t.Check(TestDesk.Standard)),
        (typeof(CheckArticle), t => t.Check("Mayor Pia Lund said the town would close nine wells and that the pumps were old. Officials said \"six people came to the quay\".")),
        (typeof(TakeTask), async t => await t.Do(new TakeTask((await t.Claim("1.1")).Open[0].Task) { As = "Ines" })),
        (typeof(ReleaseTask), async t => await t.Do(new ReleaseTask((await t.Claim("1.1")).Open[0].Task) { As = "Ines" })),
        (typeof(AssignTask), async t => await t.Do(new AssignTask((await t.Claim("1.1")).Open[0].Task, "Ines") { As = "Edda" })),
        (typeof(CommentOnClaim), t => t.Do(new CommentOnClaim("1.1", "@Edda see the register") { As = "Ines" })),
        (typeof(LookAtClaim), t => t.Do(new LookAtClaim("1.1") { As = "Edda" })),
        (typeof(AddEvidence), t => t.Attach("1.1", "The register lists four wells, the Courier reported.", origin: null)),
        (typeof(UseEvidence), t => t.Do(new UseEvidence("E1", "2.2", "supports") { As = "Ines" })),
        (typeof(ViewEvidence), t => t.Do(new ViewEvidence("E1") { As = "Ines" })),
        (typeof(CompareQuotation), t => t.Do(new CompareQuotation("2.2", "E1") { As = "Ines" })),
        (typeof(SetOrigin), t => t.Do(new SetOrigin("E1", "1.1", "Varnes Courier", "organization") { As = "Ines" })),
        (typeof(SetOrigin), t => t.Do(new SetOrigin("E1", "1.1", "The Courier of Varnes", "organization", Also: true) { As = "Ines" })),
        (typeof(RejectOrigin), t => t.Do(new RejectOrigin("E1", "1.1", "The Courier of Varnes") { As = "Ines" })),
        (typeof(MergeSources), t => t.Do(new MergeSources("S2", "S1", "one paper") { As = "Ines" })),
        (typeof(DetachEvidence), t => t.Do(new DetachEvidence("E1", "2.2", "not about the quay") { As = "Ines" })),
        (typeof(CompleteTask), t => t.Complete("1.1", "corroborate", "corroborated", "Ines", "true")),
        (typeof(CheckLink), t => t.Do(new CheckLink("1.1", 1, "seen", "called") { As = "Ines" })),
        (typeof(CompleteTask), t => t.Complete("1.1", "check-secondary-source", "confirmed", "Ines", "accurate")),
        (typeof(CompleteTask), t => t.Complete("1.1", "approve", "return", "Edda")),
        (typeof(OverrideGround), t => t.Do(new OverrideGround("1.1", "the register is enough") { As = "Emil" })),
        (typeof(CompleteTask), t => t.Complete("1.1", "corroborate", "corroborated", "Ines", "true")),
        (typeof(CompleteTask), t => t.Complete("1.1", "check-secondary-source", "confirmed", "Ines", "accurate")),
        (typeof(CompleteTask), t => t.Complete("1.1", "approve", "approve", "Edda")),
        (typeof(CheckArticle), t => t.Check("Later Mayor Pia Lund said the town would close four wells.")),
        (typeof(ReuseClaim), t => t.Do(new ReuseClaim("3.1", "1.1") { As = "Omar" })),
        (typeof(WithdrawEvidence), t => t.Do(new WithdrawEvidence("E1", "the wrong register") { As = "Ines" })),
        (typeof(RetractSource), t => t.Do(new RetractSource("S1", "it took the series back") { As = "Ines" })),
        (typeof(CheckArticle), t => t.Check("In the end Mayor Pia Lund said the town would keep two wells.")),
        (typeof(CompleteTask), t => t.Complete("4.1", "corroborate", "corroborated", "Ines", "true")),
        (typeof(CompleteTask), t => t.Complete("4.1", "check-secondary-source", "confirmed", "Ines", "accurate")),
        (typeof(CompleteTask), t => t.Complete("4.1", "approve", "approve", "Edda")),
        (typeof(ReopenClaim), t => t.Do(new ReopenClaim("4.1", "new facts") { As = "Ines" })),
        (typeof(AddClaim), t => t.Do(new AddClaim("2", ["six people came"], ["speaker:person:Nina Vogt"], "missed") { As = "Ines" })),
        (typeof(ChangeClaim), t => t.Do(new ChangeClaim("2.2", [], ["speaker:organization:The council"], "who they are") { As = "Ines" })),
        (typeof(SplitClaim), t => t.Do(new SplitClaim("2.1", "close nine wells") { As = "Ines" })),
        (typeof(MergeClaims), t => t.Do(new MergeClaims("2.1", "2.2") { As = "Ines" })),
        (typeof(DismissClaim), t => t.Do(new DismissClaim("2.3", "a headline") { As = "Ines" })),
        (typeof(ReviseArticle), t => t.Do(new ReviseArticle("1", "Mayor Pia Lund said the town would close ten wells.", Correction: true, Note: "counted again") { As = "Rolf" })),
        (typeof(AddUser), t => t.Do(new AddUser("Nils", [Roles.Reader]) { As = "Ada" })),
        (typeof(ChangeUser), t => t.Do(new ChangeUser("Nils", [Roles.Reporter]) { As = "Ada" })),
        (typeof(InviteUser), async t => s_token = (await t.Do(new InviteUser("Nils") { As = "Ada" })).Token),
        (typeof(SetPassword), t => t.Do(new SetPassword(s_token, null, "a quiet harbour"))),
        (typeof(SignIn), async t => s_token = (await t.Do(new SignIn("Nils", "a quiet harbour"))).Token),
        (typeof(KeepSession), async t => { t.Clock.Advance(TimeSpan.FromMinutes(10)); await t.Do(new KeepSession(s_token!)); }),
        (typeof(SignOut), t => t.Do(new SignOut(s_token!))),
        (typeof(DisableUser), t => t.Do(new DisableUser("Nils") { As = "Ada" })),
        (typeof(FireDueTimers), async t => { t.Clock.Advance(TimeSpan.FromDays(40)); (await t.Desk.CatchUp()).ShouldBeNull(); }),
    ];

    /// <summary>Those that a desk with users and one runtime is never told: they have tests of their own.</summary>
    public static readonly Type[] Elsewhere = [typeof(SetUp), typeof(FollowInstance)];

    /// <summary>Every command that the desk knows.</summary>
    public static IEnumerable<Type> Known => typeof(VerifyDesk).Assembly.GetTypes().Where(t => !t.IsAbstract && t.BaseType is { IsGenericType: true } b && b.GetGenericTypeDefinition() == typeof(Command<>));

    private static string? s_token;
}
