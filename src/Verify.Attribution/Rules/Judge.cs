using System.Runtime.InteropServices;

namespace Verify.Attribution.Rules;

/// <summary>
/// How likely it is that a draft is a claim: a logistic regression over hashed signs. The constructions propose more than
/// a reader would mark; the judge has learnt from marked articles which of it they do.
/// </summary>
internal sealed class Judge
{
    public const int Bits = 13;

    /// <summary>Below this a draft is left out.</summary>
    public const double Threshold = 0.05;

    /// <summary>One weight for each hashed sign.</summary>
    public float[] Weights { get; } = new float[1 << Bits];

    private static readonly Lazy<Judge> Embedded = new(() =>
    {
        using var stream = typeof(Judge).Assembly.GetManifestResourceStream("claims.model")
            ?? throw new InvalidOperationException("The judge of claims is missing from this build; see src/Verify.Training.");
        var judge = new Judge();
        var weights = new Half[judge.Weights.Length];
        stream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        for (var i = 0; i < weights.Length; i++) judge.Weights[i] = (float)weights[i];
        return judge;
    });

    public static Judge Default => Embedded.Value;

    public void Write(Stream to) => to.Write(MemoryMarshal.AsBytes(Weights.Select(w => (Half)w).ToArray().AsSpan()));

    /// <returns>0 to 1.</returns>
    public double Of(IReadOnlyList<uint> signs)
    {
        var sum = 0.0;
        foreach (var sign in signs) sum += Weights[Place(sign)];
        return 1 / (1 + Math.Exp(-sum));
    }

    public static int Place(uint sign) => (int)((sign * 0x9E3779B1u) >> 32 - Bits);
}
