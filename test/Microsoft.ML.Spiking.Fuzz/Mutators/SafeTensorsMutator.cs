using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>Damages arrays: their header, or their numbers.</summary>
internal static class SafeTensorsMutator
{
    private const int LengthBytes = sizeof(long);

    public static byte[] Mutate(byte[] file, RandomStream random)
    {
        if (file.Length < LengthBytes) return ByteMutator.Mutate(file, [file], random);
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length < 0 || length > file.Length - LengthBytes || random.Below(8) == 0) return ByteMutator.Mutate(file, [file], random);
        byte[] header = file[LengthBytes..(LengthBytes + (int)length)], numbers = file[(LengthBytes + (int)length)..];
        if (random.Below(2) == 0) header = JsonMutator.Mutate(header, random);
        else if (numbers.Length > 0) numbers = ByteMutator.Mutate(numbers, [numbers], random);

        var written = new byte[LengthBytes + header.Length + numbers.Length];
        BinaryPrimitives.WriteInt64LittleEndian(written, header.Length);
        header.CopyTo(written, LengthBytes);
        numbers.CopyTo(written, LengthBytes + header.Length);
        return written;
    }
}
