namespace Microsoft.ML.Spiking.Hdf;

/// <summary>What an element of a dataset is, and how it lies in the file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of one.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsSigned">Whether an integer may be negative.</param>
/// <param name="IsBigEndian">Whether its first byte is its largest.</param>
/// <param name="Element">What a sequence is of.</param>
internal sealed record HdfType(HdfKind Kind, int Size, string Name, bool IsSigned = false, bool IsBigEndian = false, HdfType? Element = null)
{
    /// <summary>Bytes by which the file says where a text or a sequence is: its length, and its place in a heap.</summary>
    public const int ReferenceBytes = 16;

    // Sequences of sequences of sequences are nothing that anybody reads.
    private const int Deepest = 4;

    private const byte FalseValue = 0;

    private static readonly string[] s_classes =
        ["integer", "float", "time", "text", "bit field", "opaque", "compound", "reference", "enumeration", "sequence", "array"];

    public static HdfType Read(HdfCursor cursor) => Read(ref cursor, 0);

    private static HdfType Read(ref HdfCursor cursor, int depth)
    {
        if (depth == Deepest) throw new InvalidDataException("its elements are sequences of sequences without end.");
        byte classAndVersion = cursor.Byte();
        int kind = classAndVersion & 0xF, version = classAndVersion >> 4;
        byte bits = cursor.Byte(), more = cursor.Byte();
        cursor.Skip(1);
        long size = cursor.UInt32();
        if (size is 0 or > int.MaxValue) throw new InvalidDataException($"its elements have {size} bytes.");
        string name = kind < s_classes.Length ? s_classes[kind] : $"class {kind}";
        var other = new HdfType(HdfKind.Other, (int)size, name);
        return kind switch
        {
            0 => Integer(ref cursor, other, bits),
            1 => Float(ref cursor, other, bits, more),
            3 => other with { Kind = HdfKind.FixedText },
            8 => Enumeration(ref cursor, other, bits | more << 8, version, depth),
            9 => Sequence(ref cursor, other, bits, depth),
            _ => other,
        };
    }

    private static HdfType Integer(ref HdfCursor cursor, HdfType other, byte bits)
    {
        int offset = cursor.UInt16(), precision = cursor.UInt16();
        if (offset != 0 || precision != 8 * other.Size || other.Size is not (1 or 2 or 4 or 8)) return other with { Name = $"integer of {precision} bits" };
        bool signed = (bits & 8) != 0;
        return other with { Kind = HdfKind.Integer, Name = $"{(signed ? "int" : "uint")}{precision}", IsSigned = signed, IsBigEndian = (bits & 1) != 0 };
    }

    private static HdfType Float(ref HdfCursor cursor, HdfType other, byte bits, byte sign)
    {
        var form = (Offset: cursor.UInt16(), Precision: cursor.UInt16(), Exponent: cursor.Byte(), ExponentBits: cursor.Byte(), Mantissa: cursor.Byte(),
            MantissaBits: cursor.Byte(), Bias: cursor.UInt32(), Sign: sign);
        bool known = other.Size switch
        {
            2 => form == (0, 16, 10, 5, 0, 10, 15, 15),
            4 => form == (0, 32, 23, 8, 0, 23, 127, 31),
            8 => form == (0, 64, 52, 11, 0, 52, 1023, 63),
            _ => false,
        };
        // The mantissa's first bit is not stored; bit 6 would be the byte order of a VAX.
        known &= (bits & 0x30) == 0x20 && (bits & 0x40) == 0;
        return known ? other with { Kind = HdfKind.Float, Name = $"float{form.Precision}", IsBigEndian = (bits & 1) != 0 }
            : other with { Name = $"float of {form.Precision} bits with an exponent of {form.ExponentBits}" };
    }

    private static HdfType Enumeration(ref HdfCursor cursor, HdfType other, int members, int version, int depth)
    {
        HdfType of = Read(ref cursor, depth + 1);
        if (of.Kind != HdfKind.Integer || of.Size != 1 || other.Size != 1 || members != 2) return other;
        string[] names = new string[members];
        for (int i = 0; i < members; i++) names[i] = Member(ref cursor, padded: version < 3);
        byte[] values = cursor.Take(members).ToArray();
        int no = Array.IndexOf(names, "FALSE"), yes = Array.IndexOf(names, "TRUE");
        return no >= 0 && yes >= 0 && values[no] == FalseValue && values[yes] == 1 ? other with { Kind = HdfKind.Boolean, Name = "bool" } : other;
    }

    private static HdfType Sequence(ref HdfCursor cursor, HdfType other, byte bits, int depth)
    {
        const int text = 1;
        if (other.Size != ReferenceBytes) throw new InvalidDataException($"its sequences lie elsewhere by {other.Size} bytes; {ReferenceBytes} are read.");
        HdfType of = Read(ref cursor, depth + 1);
        return (bits & 0xF) == text ? other with { Kind = HdfKind.Text, Name = "text" }
            : other with { Kind = HdfKind.Sequence, Name = $"sequence of {of.Name}", Element = of };
    }

    private static string Member(ref HdfCursor cursor, bool padded)
    {
        var letters = new List<byte>();
        while (cursor.Byte() is not 0 and var letter) letters.Add(letter);
        if (padded) cursor.Skip((8 - (letters.Count + 1) % 8) % 8);
        return HdfLinks.Text(letters.ToArray());
    }
}
