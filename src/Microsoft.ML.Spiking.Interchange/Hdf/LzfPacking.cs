namespace Microsoft.ML.Spiking.Hdf;

/// <summary>LZF, the packing that h5py brings with it: letters, and what was there before.</summary>
internal static class LzfPacking
{
    private const int LetterCodes = 32, LongRun = 7;

    public static byte[] Unpack(ReadOnlySpan<byte> packed, int length)
    {
        byte[] bytes = new byte[length];
        int at = 0;
        for (int i = 0; i < packed.Length;)
        {
            int code = packed[i++];
            if (code < LetterCodes)
            {
                int letters = code + 1;
                if (letters > packed.Length - i || letters > length - at) throw Damaged();
                packed.Slice(i, letters).CopyTo(bytes.AsSpan(at));
                (i, at) = (i + letters, at + letters);
                continue;
            }
            int run = code >> 5;
            if (run == LongRun) run += Next(packed, ref i);
            int from = at - ((code & 0x1F) << 8) - Next(packed, ref i) - 1;
            run += 2;
            if (from < 0 || run > length - at) throw Damaged();
            for (; run > 0; run--) bytes[at++] = bytes[from++];   // it may reach into what it writes
        }
        return at == length ? bytes : throw Damaged();
    }

    private static byte Next(ReadOnlySpan<byte> packed, ref int i) => i < packed.Length ? packed[i++] : throw Damaged();

    private static InvalidDataException Damaged() => new("a chunk unpacks to another size than its shape says.");
}
