using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>Items in an order that are equal where each of them is, as records need it.</summary>
internal readonly struct Items<T>(ImmutableArray<T> all) : IEquatable<Items<T>> where T : IEquatable<T>
{
    public ImmutableArray<T> All => all.IsDefault ? [] : all;

    public bool Equals(Items<T> other) => All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);
}
