using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Verify.Desk.Tests;

/// <summary>What SQLite asked of a file, in its order.</summary>
/// <param name="File">Its path.</param>
public abstract record DiskCall(string File);

public sealed record DiskWrite(string File, long Offset, byte[] Bytes) : DiskCall(File);

public sealed record DiskTruncate(string File, long Length) : DiskCall(File);

public sealed record DiskSync(string File) : DiskCall(File);

public sealed record DiskDelete(string File) : DiskCall(File);

/// <summary>
/// Between SQLite and the files of one folder: every write, cut, sync and removal goes on to the disk and is recorded. It stands in
/// for SQLite's own layer to the system in the whole process; files elsewhere it passes through untouched.
/// </summary>
public sealed unsafe class DiskLog : IDisposable
{
    // SQLite's interfaces to a file system and to a file, by the places of what is taken part in; the rest is the original's.
    private const int VfsSize = 21; // in pointers; its three ints take two
    private const int VfsName = 3, VfsOpen = 5, VfsDelete = 6;
    private const int MethodsSize = 19;
    private const int FileClose = 1, FileWrite = 3, FileTruncate = 4, FileSync = 5;

    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<nint, (string Path, nint Methods)> Files = new();
    private static readonly ConcurrentDictionary<nint, nint> Replaced = new(); // the original's methods to ours: made once, kept for ever
    private static nint s_original, s_ours;
    private static DiskLog? s_current;

    private readonly List<DiskCall> _calls = [];
    private readonly string _folder;

    public DiskLog(string folder)
    {
        lock (Gate)
        {
            if (s_current is not null) throw new InvalidOperationException("one folder at a time");
            if (s_ours == 0) s_ours = Make();
            _folder = folder + "/";
            s_current = this;
            _ = sqlite3_vfs_register(s_ours, 1);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            _ = sqlite3_vfs_register(s_original, 1); // what is open through ours stays so: ours is never given up
            s_current = null;
        }
    }

    public IReadOnlyList<DiskCall> Calls
    {
        get { lock (_calls) return [.. _calls]; }
    }

    public int Count
    {
        get { lock (_calls) return _calls.Count; }
    }

    private void Record(DiskCall call)
    {
        lock (_calls) _calls.Add(call);
    }

    private static nint Make()
    {
        using (var connection = new SqliteConnection("Data Source=:memory:")) connection.Open();
        s_original = sqlite3_vfs_find(0);
        var ours = (nint*)NativeMemory.Alloc(VfsSize, (nuint)sizeof(nint));
        Buffer.MemoryCopy((void*)s_original, ours, VfsSize * sizeof(nint), VfsSize * sizeof(nint));
        ours[VfsName] = Marshal.StringToCoTaskMemUTF8("disk-log");
        ours[VfsOpen] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, nint, int, int*, int>)&Open;
        ours[VfsDelete] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, int>)&Delete;
        return (nint)ours;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* name, nint file, int flags, int* given)
    {
        var result = ((delegate* unmanaged[Cdecl]<nint, byte*, nint, int, int*, int>)((nint*)s_original)[VfsOpen])(s_original, name, file, flags, given);
        var methods = *(nint*)file;
        if (result != 0 || methods == 0 || Marshal.PtrToStringUTF8((nint)name) is not { } path || s_current?._folder is not { } folder || !path.StartsWith(folder, StringComparison.Ordinal)) return result;
        Files[file] = (path, methods);
        *(nint*)file = Replaced.GetOrAdd(methods, static m =>
        {
            var ours = (nint*)NativeMemory.Alloc(MethodsSize, (nuint)sizeof(nint));
            Buffer.MemoryCopy((void*)m, ours, MethodsSize * sizeof(nint), MethodsSize * sizeof(nint));
            ours[FileClose] = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&Close;
            ours[FileWrite] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)&Write;
            ours[FileTruncate] = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&Truncate;
            ours[FileSync] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
            return (nint)ours;
        });
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(nint vfs, byte* name, int syncFolder)
    {
        var result = ((delegate* unmanaged[Cdecl]<nint, byte*, int, int>)((nint*)s_original)[VfsDelete])(s_original, name, syncFolder);
        if (result == 0 && Marshal.PtrToStringUTF8((nint)name) is { } path && s_current is { } log && path.StartsWith(log._folder, StringComparison.Ordinal)) log.Record(new DiskDelete(path));
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        Files.TryRemove(file, out var of);
        return ((delegate* unmanaged[Cdecl]<nint, int>)((nint*)of.Methods)[FileClose])(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, byte* bytes, int count, long offset)
    {
        var (path, methods) = Files[file];
        var result = ((delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)((nint*)methods)[FileWrite])(file, bytes, count, offset);
        if (result == 0) s_current?.Record(new DiskWrite(path, offset, new ReadOnlySpan<byte>(bytes, count).ToArray()));
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long length)
    {
        var (path, methods) = Files[file];
        var result = ((delegate* unmanaged[Cdecl]<nint, long, int>)((nint*)methods)[FileTruncate])(file, length);
        if (result == 0) s_current?.Record(new DiskTruncate(path, length));
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var (path, methods) = Files[file];
        var result = ((delegate* unmanaged[Cdecl]<nint, int, int>)((nint*)methods)[FileSync])(file, flags);
        if (result == 0) s_current?.Record(new DiskSync(path));
        return result;
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint sqlite3_vfs_find(nint name);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_vfs_register(nint vfs, int makeDefault);
}
