using System.Globalization;
using System.Text;

namespace Verify.Workflow.Expressions;

/// <summary>Why an expression is outside the subset, and where (offset in characters from its start).</summary>
public sealed class ExpressionSyntaxError(string reason, int position) : Exception($"{reason} (at character {position + 1})");

/// <summary>
/// Parses the subset of JavaScript that means the same to the embedded runtime and to Elsa:
/// <code>
/// script      = ["return"] conditional [";"]
/// conditional = or ["?" conditional ":" conditional]
/// or          = and {"||" and}          and = equality {"&amp;&amp;" equality}
/// equality    = relation {("==="|"!==") relation}
/// relation    = sum {("&lt;"|"&lt;="|"&gt;"|"&gt;=") sum}
/// sum         = product {("+"|"-") product}     product = unary {("*"|"/"|"%") unary}
/// unary       = ("!"|"-") unary | postfix
/// postfix     = primary {"." name}
/// primary     = literal | "variables" "." name | call | object | array | "(" conditional ")"
/// call        = "getVariable" "(" text ")" | "getInput" "(" text ")" | "toJson" "(" conditional ")"
/// </code>
/// </summary>
public ref struct ExpressionParser
{
    private const int MaxLength = 4000; // with the depth, bounds the stack that evaluating can take
    private const int MaxDepth = 64; // deeper nesting than any person writes; bounds the stack
    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <exception cref="ExpressionSyntaxError">The text is not in the subset.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        if (text.Length > MaxLength) throw parser.Error($"longer than {MaxLength} characters");
        if (parser.Word("return") && parser.Peek() is ';' or '\0') throw parser.Error("a value is missing after 'return'");
        if (text.AsSpan().TrimStart().StartsWith("return") && text.AsSpan(parser._at).IndexOfAnyExcept(' ', '\t') is var gap and >= 0 && text[parser._at + gap] is '\n' or '\r')
            throw parser.Error("the value must begin on the line of 'return'");
        var expression = parser.Conditional();
        parser.Take(";");
        if (parser.Peek() != '\0') throw parser.Error($"'{parser.Peek()}' is not understood here");
        return expression;
    }

    private Expression Conditional()
    {
        if (++_depth > MaxDepth) throw Error($"nested deeper than {MaxDepth} levels");
        var test = Level(0);
        if (Take("?"))
        {
            var then = Conditional();
            Expect(":");
            test = new Conditional(test, then, Conditional());
        }
        _depth--;
        return test;
    }

    private static readonly string[][] Levels = [["||"], ["&&"], ["===", "!=="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private Expression Level(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Level(level + 1);
        for (var chained = 0; Operator(Levels[level]) is { } op; chained++)
        {
            // A long chain is a deep tree on the left: the same bound holds for it.
            if (chained > 4 * MaxDepth) throw Error($"more than {4 * MaxDepth} operators in a row");
            left = new Binary(op, left, Level(level + 1));
        }
        return left;
    }

    private string? Operator(string[] operators)
    {
        Space();
        foreach (var op in operators)
            if (Take(op)) return op;
        if (_text.AsSpan(_at) is ['=', '=', ..] or ['!', '=', ..] && !_text.AsSpan(_at).StartsWith("===") && !_text.AsSpan(_at).StartsWith("!=="))
            throw Error("use === or !== (== and != compare loosely)");
        return null;
    }

    private Expression Unary()
    {
        if (++_depth > MaxDepth) throw Error($"nested deeper than {MaxDepth} levels");
        if (Take("--") || Take("++")) throw Error("-- and ++ change a variable; write a space between two signs");
        var result = Take("!") ? new Not(Unary()) : Take("-") ? new Negate(Unary()) : Postfix();
        _depth--;
        return result;
    }

    private Expression Postfix()
    {
        var target = Primary();
        while (true)
        {
            if (Take(".")) target = new Property(target, Name());
            else if (Peek() is '[') throw Error("use .name: variables['name'] is undefined under Elsa");
            else if (Peek() is '(') throw Error("a function cannot be called here");
            else return target;
        }
    }

    private Expression Primary()
    {
        var c = Peek();
        if (c is '\'' or '"') return new Constant(Text());
        if (char.IsAsciiDigit(c)) return new Constant(Number());
        if (Take("(")) { var inner = Conditional(); Expect(")"); return inner; }
        if (Take("{")) return Object();
        if (Take("[")) return Array();
        if (!IsNameStart(c)) throw Error(c == '\0' ? "the expression ends too early" : $"'{c}' is not understood here");
        var start = _at;
        switch (Name())
        {
            case "true": return new Constant(true);
            case "false": return new Constant(false);
            case "null": return new Constant(null);
            case "undefined": return new Constant(Undefined.Value);
            case "variables": Expect("."); return new VariableRead(Name());
            case "getVariable": return new VariableRead(Argument());
            case "getInput": return new InputRead(Argument());
            case "toJson": Expect("("); var value = Conditional(); Expect(")"); return new ToJson(value);
            case var other: _at = start; throw Error($"'{other}' is not known; read variables.name");
        }
    }

    private string Argument()
    {
        Expect("(");
        if (Peek() is not ('\'' or '"')) throw Error("a name in quotation marks is expected");
        var name = Text();
        Expect(")");
        return name;
    }

    private ObjectLiteral Object()
    {
        var properties = new List<KeyValuePair<string, Expression>>();
        while (!Take("}"))
        {
            if (properties.Count > 0) { Expect(","); if (Take("}")) break; }
            var key = Peek() is '\'' or '"' ? Text() : Name();
            Expect(":");
            properties.Add(new(key, Conditional()));
        }
        return new ObjectLiteral(properties);
    }

    private ArrayLiteral Array()
    {
        var items = new List<Expression>();
        while (!Take("]"))
        {
            if (items.Count > 0) { Expect(","); if (Take("]")) break; }
            items.Add(Conditional());
        }
        return new ArrayLiteral(items);
    }

    private double Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '.')) _at++;
        var span = _text.AsSpan(start, _at - start);
        if (double.TryParse(span, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && !(span.Length > 1 && span[0] == '0' && span[1] != '.'))
            return number;
        _at = start;
        throw Error($"'{span}' is not a plain decimal number");
    }

    private string Text()
    {
        var quote = _text[_at++];
        var result = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == quote) { _at++; return result.ToString(); }
            if (c is '\n' or '\r') break;
            if (c != '\\') { result.Append(c); continue; }
            if (++_at == _text.Length) break;
            result.Append(_text[_at] switch
            {
                'n' => '\n',
                't' => '\t',
                '\\' or '\'' or '"' => _text[_at],
                _ => throw Error(@"only \n \t \\ \' and \"" may follow a backslash"),
            });
        }
        throw Error("a text is not closed");
    }

    private string Name()
    {
        if (!IsNameStart(Peek())) throw Error("a name is expected");
        var start = _at;
        while (_at < _text.Length && (IsNameStart(_text[_at]) || char.IsAsciiDigit(_text[_at]))) _at++;
        return _text[start.._at];
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$';

    private bool Word(string word)
    {
        Space();
        if (!_text.AsSpan(_at).StartsWith(word)) return false;
        var end = _at + word.Length;
        if (end < _text.Length && (IsNameStart(_text[end]) || char.IsAsciiDigit(_text[end]))) return false;
        _at = end;
        return true;
    }

    private void Space() { while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++; }

    private char Peek() { Space(); return _at < _text.Length ? _text[_at] : '\0'; }

    private bool Take(string symbol)
    {
        Space();
        if (!_text.AsSpan(_at).StartsWith(symbol)) return false;
        _at += symbol.Length;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Error($"'{symbol}' is expected");
    }

    private readonly ExpressionSyntaxError Error(string reason) => new(reason, Math.Min(_at, _text.Length));
}
