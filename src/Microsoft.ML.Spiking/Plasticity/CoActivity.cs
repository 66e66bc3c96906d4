using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>What <see cref="Stdp"/> takes for two columns firing together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoActivity>))]
public enum CoActivity
{
    /// <summary>The correlation of their rates, sample by sample, about each column's own mean: -1 to 1, and 0 where they merely both fire.</summary>
    Correlation,

    /// <summary>The product of their mean rates over a batch, as the published network has it: it grows with the rates and says little of their coincidence.</summary>
    Product,
}
