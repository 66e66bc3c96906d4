using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>What an IDX file of unsigned bytes holds, by the mark that it starts with.</summary>
/// <param name="Mark">The first four bytes, big-endian; the last of them is the number of dimensions.</param>
/// <param name="Item">One of what it holds, as errors call it.</param>
/// <param name="RemedyForOther">What to tell a user who gave a file of the other kind.</param>
internal sealed record IdxKind(uint Mark, string Item, string RemedyForOther)
{
    public static IdxKind Images { get; } = new(0x00000803, "image", "Were the two paths swapped?");

    public static IdxKind Labels { get; } = new(0x00000801, "label", "Were the two paths swapped?");

    public static IdxKind ImagesAlone { get; } = Images with { RemedyForOther = "Give the path of the images." };

    public int Dimensions => (int)(Mark & 0xff);

    public int HeaderBytes => sizeof(uint) * (1 + Dimensions);

    public void RequireMark(uint mark, string name)
    {
        if (mark == Mark)
            return;

        IdxKind? other = new[] { Images, Labels }.SingleOrDefault(kind => kind.Mark == mark);
        throw Trouble.Idx.InvalidData(other is null
            ? $"'{name}' starts with 0x{mark:X8}; IDX {Item}s start with 0x{Mark:X8}. Give an IDX file of unsigned bytes, plain or packed with gzip."
            : $"'{name}' starts with 0x{mark:X8}, the mark of IDX {other.Item}s; {Item}s start with 0x{Mark:X8}. {RemedyForOther}");
    }
}
