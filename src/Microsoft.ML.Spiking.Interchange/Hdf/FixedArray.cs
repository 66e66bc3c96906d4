namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The places of chunks in a list, as PureHDF and newer files have them. (Their positions follow from their order.)</summary>
internal static class FixedArray
{
    public static List<HdfChunk> Read(HdfBytes bytes, long address, long chunkBytes, bool isFiltered)
    {
        const int checksum = 4;
        var head = new HdfCursor(bytes.At(address, 24));
        head.Expect("FAHD"u8, "the list of its chunks");
        head.Version("the list of its chunks", 0, 0);
        bool hasSizes = head.Byte() == 1;
        int entryBytes = head.Byte(), pageBits = head.Byte();
        long count = head.Int64(), block = head.Int64();
        int sizeBytes = entryBytes - sizeof(long) - sizeof(uint);
        if (hasSizes != isFiltered || (hasSizes ? sizeBytes is < 1 or > 8 : entryBytes != sizeof(long)) || pageBits > 30)
            throw new InvalidDataException("the list of its chunks has entries of another size.");
        if (block == HdfBytes.Nowhere) return [];
        if (count < 0 || count > bytes.Length / entryBytes) throw new InvalidDataException("the list of its chunks is longer than the file.");

        var prefix = new HdfCursor(bytes.At(block, 14));
        prefix.Expect("FADB"u8, "the list of its chunks");
        long page = 1L << pageBits, at = block + 14;
        bool paged = count > page;
        // A bit a page says whether it was ever written, and a checksum follows each page and those bits.
        byte[] written = paged ? bytes.At(at, ((count + page - 1) / page + 7) / 8) : [];
        if (paged) at += written.Length + checksum;
        var chunks = new List<HdfChunk>();
        for (long first = 0; first < count; first += paged ? page : count)
        {
            long here = paged ? Math.Min(page, count - first) : count, number = first / page;
            bool exists = !paged || (written[number / 8] & 0x80 >> (int)(number % 8)) != 0;
            var entries = new HdfCursor(exists ? bytes.At(at, here * entryBytes) : []);
            for (long i = 0; i < here; i++)
            {
                chunks.Add(!exists ? new HdfChunk([], HdfBytes.Nowhere, 0, 0)
                    : hasSizes ? new HdfChunk([], entries.Int64(), entries.Number(sizeBytes), entries.UInt32())
                    : new HdfChunk([], entries.Int64(), chunkBytes, 0));
            }
            at += here * entryBytes + checksum;
        }
        return chunks;
    }
}
