using System.Collections.Immutable;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>The input column of what was trained, in the data that it is to score.</summary>
internal static class TrainedColumn
{
    /// <summary>Says what does not fit a model.</summary>
    /// <inheritdoc cref="Check(IHostEnvironment, string, DataViewSchema, string, InputShape, ImmutableArray{string})"/>
    public static void Check(IHostEnvironment env, string role, DataViewSchema inputSchema, string name, SpikingModel model)
    {
        Check(env, role, inputSchema, name, model.Input, model.FeatureNames);
        StepWidth.Check(model.BinWidth, inputSchema[name]);
    }

    /// <summary>Says what does not fit.</summary>
    /// <param name="env">For errors in ML.NET's words.</param>
    /// <param name="role">What the column is to its reader, in those words.</param>
    /// <param name="inputSchema">Of the data.</param>
    /// <param name="name">The column's.</param>
    /// <param name="trained">What it held in training.</param>
    /// <param name="featureNames">What its features were called; empty where they had no names.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">It has a feature that was not trained on.</exception>
    public static void Check(
        IHostEnvironment env, string role, DataViewSchema inputSchema, string name, InputShape trained, ImmutableArray<string> featureNames)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (inputSchema.GetColumnOrNull(name) is not { } column) throw MLNet.Missing(env, role, name);
        if (!trained.Accepts(column.Type)) throw MLNet.Mismatch(env, role, name, trained.ColumnType.ToString()!, column.Type.ToString()!);
        _ = FeatureOrder.Of(featureNames, column);   // says what it does not know
    }
}
