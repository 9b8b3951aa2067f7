using Xunit;
#if WITH_ELSA
using Verify.Desk;
using Verify.Desk.Runtimes;
using Verify.Elsa;
#endif

namespace Verify.Web.Tests.InChromium;

public sealed class JourneysOnEmbedded(ServedDesk served, Chromium chromium) : Journeys(served, chromium), IClassFixture<ServedDesk>;

#if WITH_ELSA
public sealed class DeskOnElsa : ServedDesk
{
    protected override DeskOptions On(DeskOptions options) => options with { Runtime = "elsa", Runtimes = new Dictionary<string, OpenRuntime> { ["elsa"] = ElsaRuntime.Open } };
}

public sealed class JourneysOnElsa(DeskOnElsa served, Chromium chromium) : Journeys(served, chromium), IClassFixture<DeskOnElsa>;
#else
public sealed class JourneysOnElsa
{
    [Fact]
    public void Journeys() => Assert.Skip(ElsaNotBuiltIn.Why);
}
#endif
