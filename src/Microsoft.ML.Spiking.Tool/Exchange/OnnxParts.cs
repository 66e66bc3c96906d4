using System.Text;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>
/// The parts of an ONNX file, which is a message of protocol buffers. A tensor of it may say that its numbers are in another file, which ONNX Runtime would
/// open: whoever sent the graph would choose what is read.
/// </summary>
internal static class OnnxParts
{
    // As many as protocol buffers themselves allow.
    private const int MostNested = 100;

    // Members of TensorProto in onnx.proto.
    private const int Name = 8, ExternalData = 13, DataLocation = 14;

    private enum Part { Model, Graph, Node, Attribute, Tensor, SparseTensor, Function, Training }

    /// <exception cref="InvalidDataException">A tensor keeps its numbers elsewhere; or it is no message of protocol buffers.</exception>
    public static void RequireWhole(ReadOnlySpan<byte> file) => Look(file, Part.Model, nested: 0);

    private static void Look(ReadOnlySpan<byte> message, Part part, int nested)
    {
        if (nested > MostNested) throw new InvalidDataException($"its parts are nested more than {MostNested} deep.");
        string? name = null;
        bool isElsewhere = false;
        while (!message.IsEmpty)
        {
            ulong tag = Number(ref message);
            int member = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    ulong number = Number(ref message);
                    isElsewhere |= part == Part.Tensor && member == DataLocation && number != 0;
                    break;
                case 1: Take(ref message, 8); break;
                case 2:
                    ReadOnlySpan<byte> value = Take(ref message, Number(ref message));
                    if (part == Part.Tensor && member == Name) name = Encoding.UTF8.GetString(value);
                    isElsewhere |= part == Part.Tensor && member == ExternalData;
                    if (Of(part, member) is { } within) Look(value, within, nested + 1);
                    break;
                case 5: Take(ref message, 4); break;
                default: throw new InvalidDataException("it is no message of protocol buffers.");
            }
        }
        if (isElsewhere)
            throw new InvalidDataException($"its tensor '{name}' keeps its numbers in another file, and no other is opened; save the graph as one file, in "
                + "Python by onnx.save(model, path, save_as_external_data=False).");
    }

    private static Part? Of(Part part, int member) => (part, member) switch
    {
        (Part.Model, 7) => Part.Graph,
        (Part.Model, 20) => Part.Training,
        (Part.Model, 25) => Part.Function,
        (Part.Graph, 1) => Part.Node,
        (Part.Graph, 5) => Part.Tensor,
        (Part.Graph, 15) => Part.SparseTensor,
        (Part.Node, 5) => Part.Attribute,
        (Part.Attribute, 5 or 10) => Part.Tensor,
        (Part.Attribute, 6 or 11) => Part.Graph,
        (Part.Attribute, 22 or 23) => Part.SparseTensor,
        (Part.SparseTensor, 1 or 2) => Part.Tensor,
        (Part.Function, 7) => Part.Node,
        (Part.Function, 11) => Part.Attribute,
        (Part.Training, 1 or 2) => Part.Graph,
        _ => null,
    };

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, ulong count)
    {
        if (count > (ulong)message.Length) throw new InvalidDataException("it ends too early.");
        ReadOnlySpan<byte> taken = message[..(int)count];
        message = message[(int)count..];
        return taken;
    }

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private static ulong Number(ref ReadOnlySpan<byte> message)
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(ref message, 1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return number;
        }
        throw new InvalidDataException("it is no message of protocol buffers.");
    }
}
