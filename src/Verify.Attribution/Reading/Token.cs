using System.Runtime.InteropServices;
using Verify.Attribution.Language;

namespace Verify.Attribution.Reading;

public enum TokenKind : byte { Word, Number, Comma, Stop, Semicolon, Colon, Dash, OpenQuote, CloseQuote, OpenBracket, CloseBracket, Other }

/// <summary>A word or mark, where it stands and what it can be.</summary>
/// <param name="Quote">Number of the quotation that it stands in, from 1; 0 outside quotation marks.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Token(int Start, int End, TokenKind Kind, Word Word, bool Capital, bool Possessive, int Quote)
{
    public bool Is(Word kind) => (Word & kind) != 0;
    public bool IsWord => Kind is TokenKind.Word or TokenKind.Number;
    public Span Span => new(Start, End);
}
