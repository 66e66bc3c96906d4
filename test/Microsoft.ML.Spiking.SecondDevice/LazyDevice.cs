using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Torch;
using TorchSharp;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>
/// libtorch's Lazy backend, which lies in every CPU build of it: a device with tensors and kernels of its own, which refuses to be mixed with the CPU's. What
/// trains there has no tensor on the wrong device, makes none by a factory that forgets the device, and shares no memory by mistake.
/// </summary>
internal static unsafe partial class LazyDevice
{
    private const int Lazy = 17;

    /// <summary>The device.</summary>
    public static torch.Device Device { get; private set; } = torch.CPU;

    /// <summary>Where libtorch lies.</summary>
    public static string Library { get; private set; } = "";

    /// <summary>Begins it, before the first tensor.</summary>
    public static void Begin()
    {
        // It makes of a number without dimensions times a float32 tensor a float64 one; through the CPU's kernel the product is what it is elsewhere.
        SetEnvironment("LTC_FORCE_FALLBACK", "aten::mul", 1);
        LibTorch.EnsureLoaded();
        Library = File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).First(path => path.EndsWith("libtorch_cpu.so", StringComparison.Ordinal));
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(NativeLibrary.Load(Library), "_ZN5torch4lazy22InitTorchScriptBackendEv"))();
        Device = new torch.Device((DeviceType)Lazy, 0);
    }

    /// <summary>Trainings that ask for torch train there, or on the CPU again.</summary>
    public static void Use(bool lazy) => LoadedTorchLibrary.Elsewhere = lazy ? Device : null;

    /// <summary>Whether it refuses a sum with a tensor of the CPU's.</summary>
    public static bool Refuses()
    {
        using torch.Tensor here = torch.ones(3, torch.float32, torch.CPU), there = torch.ones(3, torch.float32, Device);
        try
        {
            using torch.Tensor sum = there.add(here).cpu();
            return false;
        }
        catch (ExternalException)
        {
            return true;
        }
    }

    // The runtime's own environment is not what native code reads.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
