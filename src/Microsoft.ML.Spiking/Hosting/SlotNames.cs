using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>What the features of an input column are called: its SlotNames, as Concatenate and TextLoader give them.</summary>
internal static class SlotNames
{
    /// <summary>[feature]; empty where the column has no names, or any that is empty or there twice, by which no feature could be told.</summary>
    public static ImmutableArray<string> Of(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return [];
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        ImmutableArray<string> names = [.. slots.DenseValues().Select(name => name.ToString())];
        return AreTelling(names) ? names : [];
    }

    /// <summary>Whether each name tells one feature from all others.</summary>
    public static bool AreTelling(IReadOnlyCollection<string> names) => !names.Any(string.IsNullOrWhiteSpace) && names.Distinct().Count() == names.Count;
}
