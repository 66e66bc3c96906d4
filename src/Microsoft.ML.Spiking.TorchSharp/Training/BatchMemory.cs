namespace Microsoft.ML.Spiking;

/// <summary>What a training on the CPU keeps of a batch, reckoned before any of it is made.</summary>
internal static class BatchMemory
{
    /// <exception cref="InvalidOperationException">It is more than there is room for.</exception>
    public static void Check(SpikingNetworkOptions options, InputShape input, int rows)
    {
        if (Fault(options, input, rows, ModelSize.Memory) is { } fault) throw new InvalidOperationException(Trouble.Batch.Says(fault));
    }

    /// <summary>Why a batch cannot be held, and what to make smaller; null where it can.</summary>
    /// <param name="options">The network and its training.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="rows">Rows to train on.</param>
    /// <param name="memory">Bytes that there are.</param>
    public static string? Fault(SpikingNetworkOptions options, InputShape input, int rows, long memory)
    {
        Int128 batch = Math.Min(options.BatchSize!.Value, rows), steps = input.Steps ?? options.TimeSteps, lanes = ModelSize.LanesOf(options);
        const string smaller = "BatchSize, TimeSteps, Columns or NeuronsPerColumn";
        // The gradient goes back over the membranes of every neuron in every step; a spike is a bit.
        return ModelSize.Fault(
        [
            new($"the membranes of a batch of {batch} rows of {steps} steps", options.Learning is Surrogate ? batch * steps * lanes : 0, 1, smaller),
            new($"the spikes of a batch of {batch} rows of {steps} steps", steps * (lanes / 32 + 2 * (Int128)options.Columns), (int)batch, smaller),
        ], memory);
    }
}
