using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Numbers that training changes.</summary>
/// <param name="Columns">Weights of the columns; 0 where they stay as they were drawn.</param>
/// <param name="Connections">Weights between columns.</param>
/// <param name="InputScale">Scales of the inputs.</param>
/// <param name="Readout">Weights and biases of the readout.</param>
internal sealed record ParameterCounts(long Columns, long Connections, long InputScale, long Readout)
{
    public long All => Columns + Connections + InputScale + Readout;
}
