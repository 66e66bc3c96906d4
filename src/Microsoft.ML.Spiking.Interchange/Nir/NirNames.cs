namespace Microsoft.ML.Spiking.Nir;

/// <summary>The metadata that we write, which say what things are called and how they are laid out; what is computed depends on none of them.</summary>
internal static class NirNames
{
    public const string Creator = "creator", CreatorIs = "Microsoft.ML.Spiking", TimeStep = "dt", TimeSteps = "time_steps", Classes = "classes",
        Columns = "columns", Layer = "layer", Temperature = "temperature", Discretisation = "discretisation";

    public const string Equations = "i = (1 - dt/tau_syn) * i + input; v = (1 - dt/tau_mem) * v + i; spike = v > v_threshold; v = v_reset where spike";
}
