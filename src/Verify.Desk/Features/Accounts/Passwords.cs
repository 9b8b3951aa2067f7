using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Verify.Desk.Features.Accounts;

/// <summary>Passwords and one-time tokens: how they are made, kept and held against what is kept.</summary>
public static class Passwords
{
    /// <summary>Shortest password that is taken, in characters.</summary>
    public const int Shortest = 12;
    public const int Longest = 200;
    private const int Rounds = 600_000;
    private const int Bytes = 32;

    // Each takes a core for some tenths of a second: a burst of sign-ins must not take all of them from who is at work.
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly string Nobodys = $"pbkdf2-sha256${Rounds}${Convert.ToBase64String(new byte[16])}${Convert.ToBase64String(new byte[Bytes])}";

    /// <summary>As stored: <c>pbkdf2-sha256$rounds$salt$hash</c>.</summary>
    public static async Task<string> Keep(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"pbkdf2-sha256${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(await Derive(password, salt, Rounds))}";
    }

    /// <param name="kept">Null for a user who does not exist or has no password: it takes as long, and is never right.</param>
    public static async Task<bool> Matches(string password, string? kept)
    {
        var parts = (kept ?? Nobodys).Split('$');
        var hash = await Derive(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(hash, Convert.FromBase64String(parts[3])) && kept is not null;
    }

    /// <summary>Null, or why this password is not taken.</summary>
    public static string? Weakness(string password, string user) =>
        password.Length < Shortest ? $"the password is shorter than {Shortest} characters; a short sentence is a good one"
        : password.Length > Longest ? $"the password is longer than {Longest} characters"
        : password.Contains(user, StringComparison.OrdinalIgnoreCase) ? "the password holds the user's name; choose another"
        : password.Distinct().Count() < 5 ? "the password has fewer than five different characters; choose another"
        : null;

    /// <summary>A secret of 256 random bits, fit for an address.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static async Task<byte[]> Derive(string password, byte[] salt, int rounds)
    {
        await Turns.WaitAsync();
        try { return await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, Bytes)); }
        finally { Turns.Release(); }
    }
}
