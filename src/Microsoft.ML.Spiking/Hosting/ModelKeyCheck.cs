using System.Text;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>ML.NET's header of a component, in Model.key: which assembly and loader it names, and where its parts lie.</summary>
internal static class ModelKeyCheck
{
    private const ulong Signature = 0x4C45444F4D004C4D, TailSignature = 0x4D4C004D4F44454C;   // "ML MODEL" with a zero between, there and back
    private const int HeaderBytes = 256, SignatureBytes = 24;
    private const string Chain = "TransformerChain", Ours = "Microsoft.ML.Spiking", MLNet = "Microsoft.ML";

    /// <exception cref="InvalidDataException">It is damaged, or names a component that may not be loaded.</exception>
    public static void Run(ReadOnlyMemory<byte> bytes, ModelComponents components)
    {
        var key = new SpanReader(bytes);
        if (key.Left < HeaderBytes + sizeof(ulong) || key.UInt64() != Signature) throw new InvalidDataException("it is none of ML.NET's model headers.");
        key.Seek(16);
        // Where the model, its strings and their characters lie, and how long each is.
        var places = new long[6];
        for (int i = 0; i < places.Length; i++) places[i] = Within(key.Int64(), bytes.Length);
        (long model, long modelBytes) = (places[0], places[1]);
        key.Seek(80);
        string loader = Loader(key);
        _ = Loader(key);
        (long tail, long end, long assembly, long assemblyBytes) = (key.Int64(), key.Int64(), key.Int64(), (uint)key.Int32());
        Within(assemblyBytes, bytes.Length);
        if (model != HeaderBytes || Within(tail, bytes.Length) != Within(end, bytes.Length) - sizeof(ulong)
            || Within(assembly, bytes.Length) + assemblyBytes > tail)
            throw new InvalidDataException("its header points beyond it.");
        key.Seek(tail);
        if (key.UInt64() != TailSignature || key.Left > 0) throw new InvalidDataException("it does not end where its header says.");

        key.Seek(assembly);
        string name = assembly == 0 ? "" : Encoding.Unicode.GetString(key.Bytes(assemblyBytes)).Split(',')[0];
        if (!IsAllowed(name, loader, components))
            throw new InvalidDataException($"it is loaded by '{loader}' of the assembly '{name}', but ModelComponents.{components} allows none such.");
        if (!loader.Equals(Chain, StringComparison.OrdinalIgnoreCase)) return;
        key.Seek(model);
        int steps = key.Int32();
        if (modelBytes != sizeof(int) * (1L + steps)) throw new InvalidDataException($"it claims {steps} steps, but names fewer.");
    }

    private static bool IsAllowed(string assembly, string loader, ModelComponents components) => components switch
    {
        ModelComponents.Spiking => assembly == Ours || assembly == $"{MLNet}.Data" && loader == Chain,
        ModelComponents.MLNet => assembly.Length == 0 || assembly == MLNet || assembly.StartsWith($"{MLNet}.", StringComparison.Ordinal),
        _ => true,
    };

    private static string Loader(SpanReader key) => Encoding.Latin1.GetString(key.Bytes(SignatureBytes)).TrimEnd('\0');

    private static long Within(long place, long length)
        => place >= 0 && place <= length ? place : throw new InvalidDataException($"its header points to byte {place} of {length}.");
}
