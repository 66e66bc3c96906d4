using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>Some rows, read ahead, and the values that are added to them.</summary>
internal abstract class RowBlock
{
    /// <summary>Takes in the row that the source stands at.</summary>
    public abstract void Read(int slot);

    /// <summary>Computes what is added to the first rows.</summary>
    public abstract void Compute(int rows);

    /// <summary>Reads an added column, counted from the first, of the row in a slot.</summary>
    public abstract Delegate Getter(int added, Func<int> slot);

    /// <summary>Reads one of the vectors that lie behind each other, one a slot.</summary>
    /// <param name="values">[slot, element].</param>
    /// <param name="length">Elements of a vector.</param>
    /// <param name="slot">Which.</param>
    protected static ValueGetter<VBuffer<float>> Vector(float[] values, int length, Func<int> slot) => (ref VBuffer<float> value) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
        values.AsSpan(slot() * length, length).CopyTo(editor.Values);
        value = editor.Commit();
    };
}
