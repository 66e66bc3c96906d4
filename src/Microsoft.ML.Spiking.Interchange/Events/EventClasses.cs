using System.Globalization;

namespace Microsoft.ML.Spiking.Events;

/// <summary>The classes of recordings, in the order of their keys.</summary>
internal sealed class EventClasses
{
    private readonly Dictionary<string, uint> _keys;

    /// <param name="names">Each once.</param>
    public EventClasses(IReadOnlyList<string> names)
        => (Names, _keys) = (names, names.Select((name, index) => (name, key: (uint)index + 1))
            .ToDictionary(pair => pair.name, pair => pair.key, StringComparer.Ordinal));

    public IReadOnlyList<string> Names { get; }

    /// <summary>The classes that were stated, or else those that there are: numbers by their size, other names by their letters.</summary>
    /// <param name="stated">Null where none were.</param>
    /// <param name="found">In any order, any number of times; the empty name is none.</param>
    public static EventClasses Of(IReadOnlyList<string>? stated, IEnumerable<string> found)
        => new(stated ?? Sorted([.. found.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)]));

    /// <summary>Keys count from 1; 0 is that of a class that is not among them.</summary>
    public uint KeyOf(string name) => _keys.GetValueOrDefault(name);

    private static string[] Sorted(string[] names)
    {
        Array.Sort(names, StringComparer.Ordinal);
        var numbers = new double[names.Length];
        for (int i = 0; i < names.Length; i++)
            if (!double.TryParse(names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return names;
        return [.. names.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)];
    }
}
