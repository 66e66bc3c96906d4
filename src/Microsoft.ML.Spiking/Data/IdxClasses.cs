using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Data;

/// <summary>The bytes that stand for the classes of a label.</summary>
internal static class IdxClasses
{
    private const int Most = 256;

    /// <summary>[class]: the number that its key value is, or else its place from 0.</summary>
    public static byte[] BytesOf(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType type || type.RawType != typeof(uint))
        {
            throw Trouble.IdxRows.Argument(
                $"Column '{label.Name}' is {label.Type}, but IDX labels are classes, a Key<UInt32>; make it one with MapValueToKey.");
        }

        if (type.Count > Most)
        {
            throw Trouble.IdxRows.Argument($"Column '{label.Name}' has {type.Count} classes, but the byte of an IDX label tells {Most} apart; "
                + "let MapValueToKey count those that occur, or take fewer.");
        }

        return Numbers(label, (int)type.Count) ?? [.. Enumerable.Range(0, (int)type.Count).Select(c => (byte)c)];
    }

    /// <summary>The key values as numbers; null where not all of them are, each another.</summary>
    private static byte[]? Numbers(DataViewSchema.Column label, int count)
    {
        var numbers = new List<byte>();
        foreach (string text in LabelValues.Of(label)?.Texts ?? [])
        {
            if (!byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) || numbers.Contains(number))
                return null;

            numbers.Add(number);
        }

        return numbers.Count == count ? [.. numbers] : null;
    }
}
