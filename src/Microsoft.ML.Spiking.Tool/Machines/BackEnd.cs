using Microsoft.ML.Spiking.Applications;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>libtorch, which only training needs.</summary>
internal static class BackEnd
{
    /// <summary>Loads it; comes before anything else that touches it.</summary>
    public static void Load()
    {
        OpenMP.StopSpinning();
        try
        {
            LibTorch.EnsureLoaded();
        }
        catch (InvalidOperationException refusal)
        {
            throw Refused(refusal);
        }
    }

    /// <summary>The library's first line says what is wrong, the rest what to do.</summary>
    public static Failure Refused(InvalidOperationException refusal)
    {
        string[] lines = refusal.Message.Split(Environment.NewLine, 2);
        return Failure.BackEnd(lines[0], lines.Length > 1 ? lines[1] : "'spiking doctor' says what this machine lacks.", refusal);
    }
}
