using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using FluentValidation;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;
using Verify.Desk.Runtimes;

namespace Verify.Desk.Requests;

/// <summary>Refuses a request whose values are wrong, before anything is opened.</summary>
public sealed class Validate<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse> where TResponse : IRefusable<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
            if (validator.Validate(request) is { IsValid: false } result)
                return Task.FromResult(TResponse.Refuse(Refused.Invalid(result.Errors[0].ErrorMessage)));
        return next();
    }
}

/// <summary>Answers a query that the database could not serve with a refusal.</summary>
public sealed class Read<TRequest, T>(DeskDatabase database) : IPipelineBehavior<TRequest, Result<T>> where TRequest : Query<T>
{
    public async Task<Result<T>> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<Result<T>> next)
    {
        try { return await next(); }
        catch (SqliteException e) when (DatabaseRefusals.Of(e, database.Path) is { } refusal) { return refusal; }
    }
}

/// <summary>
/// Runs a command in the writer's transaction: who acts, whether they may, whether this command was answered before.
/// Authorised inside the transaction, so that a user disabled a moment ago no longer passes.
/// </summary>
public sealed class Transact<TRequest, T>(DeskDatabase database, Writer writer, WriterMemory memory, Session session, Relay relay, TimeProvider clock, IEnumerable<IJudgesAhead<TRequest>> ahead) : IPipelineBehavior<TRequest, Result<T>>
    where TRequest : Command<T>
{
    private const string AnyUser = "SELECT EXISTS (SELECT 1 FROM users)";
    private const string AnswerByKey = "SELECT request_hash AS RequestHash, response AS Response FROM idempotency WHERE key = @Key";
    private const string AmendAnswer = "UPDATE idempotency SET response = @Response WHERE key = @Key";
    private const string KeepAnswer = "INSERT INTO idempotency (key, request_hash, response, created_at) VALUES (@Key, @RequestHash, @Response, @CreatedAt)";

    private TaskCompletionSource? _stillTelling;

    public async Task<Result<T>> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<Result<T>> next)
    {
        if (request is IPrepares prepares)
        {
            try { await prepares.Prepare(database, clock.GetUtcNow()); }
            catch (SqliteException e) when (DatabaseRefusals.Of(e, database.Path) is { } refusal) { return refusal; }
        }
        // Only when it would wait anyway: alone, it is sooner judged in its turn. What goes wrong is met again, and told, in the turn.
        if (writer.IsBusy)
            foreach (var handler in ahead) await handler.JudgeAhead(request).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var result = await InTransaction(request, next);
        // The same command again, while what came of it the first time is still being told: it waits for that answer.
        if (_stillTelling is { } told)
        {
            await told.Task.WaitAsync(cancellationToken);
            return await InTransaction(request, next);
        }
        return result.Refusal is null && session.ToBeTold.Count > 0 && !request.IsToldBySender ? await Tell(request, result.Value, cancellationToken) : result;
    }

    // After the commit: other runtimes are told, and the answer says what came of it. Whatever cannot be told now is kept.
    private async Task<T> Tell(TRequest request, T answer, CancellationToken cancellation)
    {
        try
        {
            foreach (var claim in session.ToBeTold) await relay.Deliver(claim, cancellation);
            await using (var reader = database.OpenReader()) await session.AmendAnswer(reader);
            if (request.Key is not null)
                await writer.Run<Result<bool>>(async (connection, _) => await connection.ExecuteAsync(AmendAnswer, new { request.Key, Response = JsonSerializer.Serialize(answer) }) == 1);
            return answer;
        }
        finally
        {
            if (request.Key is not null && relay.Telling.TryRemove(request.Key, out var telling)) telling.SetResult();
        }
    }

    private Task<Result<T>> InTransaction(TRequest request, RequestHandlerDelegate<Result<T>> next) =>
        writer.Run<Result<T>>(async (connection, audit) =>
        {
            if (request.Key is "") return Refused.Invalid("the idempotency key is empty; leave --key out or give it one");
            // Before it is asked who acts: a repeated command gets its answer, whatever has changed since.
            var requestHash = request.Key is null ? null : HashOf(request);
            if (requestHash is not null && await connection.QuerySingleOrDefaultAsync<Kept>(AnswerByKey, new { request.Key }) is { } kept)
            {
                _stillTelling = relay.Telling.GetValueOrDefault(request.Key!);
                return kept.RequestHash == requestHash ? JsonSerializer.Deserialize<T>(kept.Response)! : Refused.KeyReused();
            }
            var (actor, refusal) = await Authorise(connection, request);
            if (refusal is not null) return refusal;
            session.Begin(connection, audit, clock.GetUtcNow(), actor);
            var result = await next();
            if (requestHash is not null && result.Refusal is null)
            {
                if (session.ToBeTold.Count > 0) relay.Telling[request.Key!] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await connection.ExecuteAsync(KeepAnswer, new { request.Key, RequestHash = requestHash, Response = JsonSerializer.Serialize(result.Value), CreatedAt = session.NowMs });
            }
            return result;
        });

    private async Task<(UserRow? Actor, Refusal? Refusal)> Authorise(SqliteConnection connection, TRequest request)
    {
        if (request.IsOfTheDesk) return (null, null);
        if (request.As is null)
            return request.NeedsUser || await connection.ExecuteScalarAsync<long>(AnyUser) == 1 ? (null, Refused.UserRequired()) : (null, null);
        var user = await memory.Find(connection, request.As);
        // The first command on a new desk may come with VERIFY_USER set for the user that is yet to be made.
        if (user is null && !request.NeedsUser && await connection.ExecuteScalarAsync<long>(AnyUser) == 0) return (null, null);
        if (user is null) return (null, Refused.UnknownUser(request.As));
        if (user.DisabledAt is not null) return (null, Refused.UserDisabled(user.Name));
        var allowed = request.AllowedRoles.Count > 0 ? request.AllowedRoles : Roles.All.Where(r => r != Roles.Reader);
        return user.HasOneOf(allowed) ? (user, null) : (null, Refused.WrongRole(user.Name, allowed));
    }

    private static string HashOf(TRequest request) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Type = typeof(TRequest).FullName, Request = request })));

    private sealed record Kept
    {
        public string RequestHash { get; init; } = "";
        public string Response { get; init; } = "";
    }
}
