namespace Verify.Workflow.Expressions;

/// <summary>What an expression may read: the instance's variables and its input. Nothing else exists for it.</summary>
public interface IScope
{
    object? Variable(string name);
    object? Input(string name);
}

/// <summary>A node of a parsed expression. Evaluation visits each node at most once: cost is bounded by length.</summary>
public abstract record Expression
{
    /// <exception cref="ExpressionFault">A property of null was read, or an operator met values it has no rule for.</exception>
    public abstract object? Evaluate(IScope scope);

    public abstract IEnumerable<Expression> Children { get; }

    public IEnumerable<Expression> All() => Children.SelectMany(c => c.All()).Prepend(this);
}

public sealed record Constant(object? Value) : Expression
{
    public override object? Evaluate(IScope scope) => Value;
    public override IEnumerable<Expression> Children => [];
}

public sealed record VariableRead(string Name) : Expression
{
    public override object? Evaluate(IScope scope) => scope.Variable(Name);
    public override IEnumerable<Expression> Children => [];
}

public sealed record InputRead(string Name) : Expression
{
    public override object? Evaluate(IScope scope) => scope.Input(Name);
    public override IEnumerable<Expression> Children => [];
}

public sealed record Property(Expression Target, string Name) : Expression
{
    public override object? Evaluate(IScope scope) => Target.Evaluate(scope) switch
    {
        null => throw new ExpressionFault($"property '{Name}' of null was read"),
        Undefined => throw new ExpressionFault($"property '{Name}' of undefined was read"),
        FlowObject o => o[Name],
        string s when Name == "length" => (double)s.Length,
        object?[] a when Name == "length" => (double)a.Length,
        _ => Undefined.Value,
    };
    public override IEnumerable<Expression> Children => [Target];
}

public sealed record Not(Expression Operand) : Expression
{
    public override object? Evaluate(IScope scope) => !FlowValue.Truthy(Operand.Evaluate(scope));
    public override IEnumerable<Expression> Children => [Operand];
}

public sealed record Negate(Expression Operand) : Expression
{
    public override object? Evaluate(IScope scope) => -Binary.Number(Operand.Evaluate(scope), "-");
    public override IEnumerable<Expression> Children => [Operand];
}

/// <summary>Serialises a value: <c>toJson(x)</c> in Elsa.</summary>
public sealed record ToJson(Expression Operand) : Expression
{
    public override object? Evaluate(IScope scope) => FlowValue.ToJson(Operand.Evaluate(scope));
    public override IEnumerable<Expression> Children => [Operand];
}

public sealed record Conditional(Expression Test, Expression Then, Expression Else) : Expression
{
    public override object? Evaluate(IScope scope) => (FlowValue.Truthy(Test.Evaluate(scope)) ? Then : Else).Evaluate(scope);
    public override IEnumerable<Expression> Children => [Test, Then, Else];
}

public sealed record ObjectLiteral(IReadOnlyList<KeyValuePair<string, Expression>> Properties) : Expression
{
    public override object? Evaluate(IScope scope) =>
        new FlowObject([.. Properties.Select(p => KeyValuePair.Create(p.Key, p.Value.Evaluate(scope)))]);
    public override IEnumerable<Expression> Children => Properties.Select(p => p.Value);
}

public sealed record ArrayLiteral(IReadOnlyList<Expression> Items) : Expression
{
    public override object? Evaluate(IScope scope) => Items.Select(i => i.Evaluate(scope)).ToArray();
    public override IEnumerable<Expression> Children => Items;
}

public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression
{
    public override IEnumerable<Expression> Children => [Left, Right];

    public override object? Evaluate(IScope scope)
    {
        var left = Left.Evaluate(scope);
        switch (Operator)
        {
            case "&&": return FlowValue.Truthy(left) ? Right.Evaluate(scope) : left;
            case "||": return FlowValue.Truthy(left) ? left : Right.Evaluate(scope);
        }
        var right = Right.Evaluate(scope);
        return Operator switch
        {
            "===" => FlowValue.StrictEquals(left, right),
            "!==" => !FlowValue.StrictEquals(left, right),
            "+" when left is string || right is string => Join(FlowValue.ToText(left), FlowValue.ToText(right)),
            "+" => Number(left, "+") + Number(right, "+"),
            "-" => Number(left, "-") - Number(right, "-"),
            "*" => Number(left, "*") * Number(right, "*"),
            "/" => Number(left, "/") / Number(right, "/"),
            "%" => Number(left, "%") % Number(right, "%"),
            "<" => Compare(left, right, (a, b) => a < b, c => c < 0),
            "<=" => Compare(left, right, (a, b) => a <= b, c => c <= 0),
            ">" => Compare(left, right, (a, b) => a > b, c => c > 0),
            ">=" => Compare(left, right, (a, b) => a >= b, c => c >= 0),
            _ => throw new InvalidOperationException($"operator {Operator} passed the parser"),
        };
    }

    // A loop that joins a text to itself would double it without end.
    private static string Join(string left, string right) =>
        left.Length + right.Length <= 65_536 ? left + right : throw new ExpressionFault("a text grew beyond 65,536 characters");

    private static bool Compare(object? left, object? right, Func<double, double, bool> numbers, Func<int, bool> texts) =>
        left is string a && right is string b
            ? texts(string.CompareOrdinal(a, b))
            : numbers(Number(left, "a comparison"), Number(right, "a comparison"));

    // JavaScript's ToNumber for the kinds that a variable can hold. Text is turned away: where a form field holds
    // "3" instead of 3, a silent NaN would send a claim down the wrong branch.
    internal static double Number(object? value, string operation) => value switch
    {
        null => 0,
        Undefined => double.NaN,
        bool b => b ? 1 : 0,
        double d => d,
        _ => throw new ExpressionFault($"{operation} needs numbers, not {(value is string ? "text" : "an object")}"),
    };
}
