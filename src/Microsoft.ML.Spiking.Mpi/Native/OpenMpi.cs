using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Native;

/// <summary>The functions of libmpi that training needs, for one thread at a time.</summary>
/// <remarks>
/// In Open MPI a handle is the address of an object that the library exports, so no header is needed. In MPICH and its kin it is a number, and they export no
/// such object: they are told apart by that.
/// </remarks>
internal static unsafe partial class OpenMpi
{
    private const string Library = "libmpi";

    private const int Serialised = 2, Success = 0, LongestText = 8192;

    private static readonly string[] s_names = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib", "libmpi.dylib"] : ["libmpi.so.40", "libmpi.so"];

    private static nint s_library, s_world, s_float, s_byte, s_sum;

    /// <summary>Which process this is.</summary>
    public static int Rank => Asked(MPI_Comm_rank(s_world, out int rank), rank);

    /// <summary>How many there are.</summary>
    public static int Size => Asked(MPI_Comm_size(s_world, out int size), size);

    /// <summary>Loads the library, and joins the processes of the job.</summary>
    /// <returns>The library's name and version.</returns>
    public static string Join()
    {
        Load();
        byte* text = stackalloc byte[LongestText];
        Check(MPI_Get_library_version(text, out _));
        string said = Marshal.PtrToStringUTF8((nint)text)!;
        Check(MPI_Initialized(out int joined));
        if (joined == 0) Check(MPI_Init_thread(0, 0, Serialised, out _));
        return Version().Match(said) is { Success: true, Value: var version } ? version : said.Trim();
    }

    /// <summary>Takes leave of the other processes.</summary>
    public static void Leave()
    {
        if (MPI_Finalized(out int left) == Success && left == 0) _ = MPI_Finalize();
    }

    /// <summary>Ends all processes at once.</summary>
    public static void Abort() => _ = MPI_Abort(s_world, 1);

    /// <summary>Gathers so many bytes of each process, in the order of their ranks.</summary>
    public static void Gather(byte* own, int bytes, byte* all) => Check(MPI_Allgather(own, bytes, s_byte, all, bytes, s_byte, s_world));

    /// <summary>Sends each process so many numbers, and receives as many of each.</summary>
    public static void Exchange(float* parts, int numbers, float* received)
        => Check(MPI_Alltoall(parts, numbers, s_float, received, numbers, s_float, s_world));

    /// <summary>Adds the numbers of all processes up, in place.</summary>
    public static void Sum(float* numbers, int count) => Check(MPI_Allreduce(InPlace, numbers, count, s_float, s_sum, s_world));

    private static void* InPlace => (void*)1;

    private static void Load()
    {
        foreach (string name in s_names)
            if ((s_library = Opened(name)) != 0) break;
        if (s_library == 0)
            throw Trouble.Mpi.InvalidOperation(OperatingSystem.IsWindows()
                ? "Open MPI was asked for, but it is not made for Windows; train without a Communicator, or in the Windows Subsystem for Linux."
                : $"Open MPI was asked for, but {string.Join(" and ", s_names)} cannot be loaded; install it (on Debian and Ubuntu: apt install openmpi-bin), "
                    + "or train without a Communicator.");
        if (!NativeLibrary.TryGetExport(s_library, "ompi_mpi_comm_world", out s_world))
            throw Trouble.Mpi.InvalidOperation("The libmpi that is found is not Open MPI's: it does not export ompi_mpi_comm_world; let the loader find Open "
                + "MPI's first (LD_LIBRARY_PATH, or update-alternatives).");
        (s_float, s_byte, s_sum) = (NativeLibrary.GetExport(s_library, "ompi_mpi_float"), NativeLibrary.GetExport(s_library, "ompi_mpi_byte"),
            NativeLibrary.GetExport(s_library, "ompi_mpi_op_sum"));
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? s_library : 0);
    }

    /// <summary>Opens a library for all that come after it: the parts that Open MPI loads itself look for its symbols among the global ones.</summary>
    private static nint Opened(string name)
    {
        const int Now = 2, GlobalOnLinux = 0x100, GlobalOnMac = 8;
        return OperatingSystem.IsLinux() ? dlopen(name, Now | GlobalOnLinux) : OperatingSystem.IsMacOS() ? dlopen(name, Now | GlobalOnMac) : 0;
    }

    private static int Asked(int result, int answer)
    {
        Check(result);
        return answer;
    }

    private static void Check(int result)
    {
        if (result == Success) return;
        byte* text = stackalloc byte[LongestText];
        string said = MPI_Error_string(result, text, out _) == Success ? Marshal.PtrToStringUTF8((nint)text)! : $"error {result}";
        throw Trouble.Mpi.InvalidOperation($"Open MPI could not do its part: {said}.");
    }

    [GeneratedRegex(@"Open MPI v?\d+(\.\d+)*")]
    private static partial Regex Version();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string name, int flags);

    [LibraryImport(Library)]
    private static partial int MPI_Init_thread(nint arguments, nint values, int required, out int provided);

    [LibraryImport(Library)]
    private static partial int MPI_Initialized(out int flag);

    [LibraryImport(Library)]
    private static partial int MPI_Finalize();

    [LibraryImport(Library)]
    private static partial int MPI_Finalized(out int flag);

    [LibraryImport(Library)]
    private static partial int MPI_Get_library_version(byte* version, out int length);

    [LibraryImport(Library)]
    private static partial int MPI_Error_string(int code, byte* text, out int length);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_rank(nint communicator, out int rank);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_size(nint communicator, out int size);

    [LibraryImport(Library)]
    private static partial int MPI_Abort(nint communicator, int code);

    [LibraryImport(Library)]
    private static partial int MPI_Allgather(void* sent, int count, nint type, void* received, int each, nint typeReceived, nint communicator);

    [LibraryImport(Library)]
    private static partial int MPI_Alltoall(void* sent, int count, nint type, void* received, int each, nint typeReceived, nint communicator);

    [LibraryImport(Library)]
    private static partial int MPI_Allreduce(void* sent, void* received, int count, nint type, nint operation, nint communicator);
}
