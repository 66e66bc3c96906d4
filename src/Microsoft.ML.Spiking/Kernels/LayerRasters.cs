namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// What the neurons of a layer can fire where their input is the same in every step: the rasters of the excitatory ones, then the inhibitory ones'.
/// </summary>
internal sealed class LayerRasters
{
    private LayerRasters(RasterTable excitatory, RasterTable inhibitory, Lanes lanes, int steps)
    {
        (Excitatory, Inhibitory, Steps) = (excitatory, inhibitory, steps);
        Rasters = [.. excitatory.Rasters, .. inhibitory.Rasters];
        Signs = [.. excitatory.Rasters.Select(_ => 1f), .. inhibitory.Rasters.Select(_ => -1f)];
        Spikes = new AlignedArray<sbyte>(Rasters.Length * RasterTable.MaximumSteps);
        for (int raster = 0; raster < Rasters.Length; raster++)
            for (int step = 0; step < steps; step++)
                if ((Rasters[raster] >> step & 1) != 0) Spikes.Span[raster * RasterTable.MaximumSteps + step] = (sbyte)Signs[raster];
        Breakpoints = new AlignedFloats(lanes.Sign.Length);
        for (int lane = 0; lane < Breakpoints.Length; lane++)
        {
            Breakpoints.Span[lane] = lanes.Sign[lane] switch
            {
                > 0 => excitatory.Breakpoints[0],
                < 0 => inhibitory.Breakpoints[0],
                _ => float.PositiveInfinity,
            };
        }
    }

    public RasterTable Excitatory { get; }

    public RasterTable Inhibitory { get; }

    public int Steps { get; }

    /// <summary>All rasters.</summary>
    public ulong[] Rasters { get; }

    /// <summary>What the spikes of each raster count, +1 or -1.</summary>
    public float[] Signs { get; }

    /// <summary>The rasters as signed spikes, [raster, <see cref="RasterTable.MaximumSteps"/>].</summary>
    public AlignedArray<sbyte> Spikes { get; }

    /// <summary>The smallest current that each lane's neuron fires at, [lane].</summary>
    public AlignedFloats Breakpoints { get; }

    /// <returns>Null where the neurons must be stepped: they are of another type, hear each other, have delays, or have no tables.</returns>
    public static LayerRasters? Of(ColumnLayer layer, Lanes lanes, int steps)
    {
        if (layer.StepsTogether || layer.HasDelays || layer.Excitatory is not LifNeuron excitatory || layer.Inhibitory is not LifNeuron inhibitory) return null;
        return RasterTable.Of(excitatory, steps) is { } first && (inhibitory == excitatory ? first : RasterTable.Of(inhibitory, steps)) is { } second
            ? new LayerRasters(first, second, lanes, steps)
            : null;
    }
}
