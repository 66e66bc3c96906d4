using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Whether and how the columns' own weights learn.</summary>
/// <remarks>A closed family, since it is stored in models: <see cref="Surrogate"/> and <see cref="Reservoir"/>.</remarks>
[JsonDerivedType(typeof(Surrogate), "surrogate")]
[JsonDerivedType(typeof(Reservoir), "reservoir")]
public abstract record ColumnLearning
{
    private protected ColumnLearning() { }

    internal virtual void Check() { }
}
