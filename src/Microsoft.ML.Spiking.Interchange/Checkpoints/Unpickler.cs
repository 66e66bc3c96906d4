using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>
/// Reads the values of a pickle, protocols 2 to 5, as torch.save writes them: texts, numbers, lists, tuples, dictionaries, and what <see cref="PickleCalls"/>
/// makes of the few names that it knows. A pickle is a program of a machine with a stack; this one runs the instructions that lay out data, and no other.
/// </summary>
/// <remarks>
/// Each instruction makes one value at the most, so that their number bounds memory; nothing here calls itself, so that no depth does harm. What a value may
/// be: null, bool, long, double, string, byte[], object?[] (a tuple), List (a list, or a set), <see cref="PickleDict"/>, <see cref="PickleGlobal"/>,
/// <see cref="TorchStorage"/>, <see cref="TorchTensor"/>, <see cref="NumpyType"/>.
/// </remarks>
internal sealed class Unpickler
{
    /// <summary>Bytes that a pickle may have: that of a network of 64 columns has 100 kB.</summary>
    public const int MostBytes = 1 << 24;

    // A list within a list within a list: no checkpoint goes deeper.
    private const int MostMarks = 1000, MostValues = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _pickle;
    private readonly Func<string, long?> _bytesOf;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;
    private int _values;

    private Unpickler(byte[] pickle, Func<string, long?> bytesOf) => (_pickle, _bytesOf) = (pickle, bytesOf);

    /// <param name="pickle">The pickle.</param>
    /// <param name="bytesOf">Bytes of a storage, by its key; null where there is none.</param>
    /// <exception cref="InvalidDataException">It is damaged, asks for more than values, or for too many.</exception>
    public static object? Read(byte[] pickle, Func<string, long?> bytesOf) => new Unpickler(pickle, bytesOf).Run();

    private object? Run()
    {
        while (true)
        {
            byte instruction = Take(1)[0];
            if (instruction == (byte)'.')
                return Pop() is var value && _stack.Count == 0 && _marks.Count == 0 ? value : throw Damaged("it ends with values that nobody takes");
            if (!Simple(instruction) && !Text(instruction) && !Container(instruction) && !Memo(instruction)) Calling(instruction);
        }
    }

    private bool Simple(byte instruction)
    {
        switch (instruction)
        {
            case 0x80:   // PROTO
                if (Take(1)[0] is < 2 or > 5) throw Damaged("it is of a protocol other than 2 to 5");
                return true;
            case 0x95:   // FRAME
                Take(sizeof(long));
                return true;
            case (byte)'0':   // POP
                Pop();
                return true;
            case (byte)'N':
                return Push(null);
            case 0x88 or 0x89:   // NEWTRUE, NEWFALSE
                return Push(instruction == 0x88);
            case (byte)'J':   // BININT
                return Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int))));
            case (byte)'K':   // BININT1
                return Push((long)Take(1)[0]);
            case (byte)'M':   // BININT2
                return Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort))));
            case 0x8A:   // LONG1
                return Push(Whole(Take(Take(1)[0])));
            case 0x8B:   // LONG4
                return Push(Whole(Take(Length(sizeof(int)))));
            case (byte)'G':   // BINFLOAT
                return Push(BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double))));
            default:
                return false;
        }
    }

    private bool Text(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'X':   // BINUNICODE
                return Push(s_strict.GetString(Take(Length(sizeof(int)))));
            case 0x8C:   // SHORT_BINUNICODE
                return Push(s_strict.GetString(Take(Take(1)[0])));
            case 0x8D:   // BINUNICODE8
                return Push(s_strict.GetString(Take(Length(sizeof(long)))));
            case (byte)'B':   // BINBYTES
                return Push(Take(Length(sizeof(int))).ToArray());
            case (byte)'C':   // SHORT_BINBYTES
                return Push(Take(Take(1)[0]).ToArray());
            case 0x8E or 0x96:   // BINBYTES8, BYTEARRAY8
                return Push(Take(Length(sizeof(long))).ToArray());
            default:
                return false;
        }
    }

    private bool Container(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'(':   // MARK
                if (_marks.Count == MostMarks) throw Damaged($"it goes more than {MostMarks} deep");
                _marks.Add(_stack.Count);
                return true;
            case (byte)'1':   // POP_MARK
                ToMark();
                return true;
            case (byte)'}':   // EMPTY_DICT
                return Push(new PickleDict());
            case (byte)']' or 0x8F:   // EMPTY_LIST, EMPTY_SET
                return Push(new List<object?>());
            case (byte)')':   // EMPTY_TUPLE
                return Push(Array.Empty<object?>());
            case (byte)'t':   // TUPLE
                return Push(ToMark());
            case 0x85 or 0x86 or 0x87:   // TUPLE1 to TUPLE3
                return Push(Tuple(instruction - 0x84));
            case 0x91:   // FROZENSET
                return Push(new List<object?>(ToMark()));
            case (byte)'a':   // APPEND
                object? item = Pop();
                Top<List<object?>>("list").Add(item);
                return true;
            case (byte)'e' or 0x90:   // APPENDS, ADDITEMS
                object?[] items = ToMark();
                Top<List<object?>>("list").AddRange(items);
                return true;
            case (byte)'s':   // SETITEM
                object?[] pair = Tuple(2);
                Set(Top<PickleDict>("dictionary"), pair);
                return true;
            case (byte)'u':   // SETITEMS
                object?[] pairs = ToMark();
                Set(Top<PickleDict>("dictionary"), pairs);
                return true;
            default:
                return false;
        }
    }

    private bool Memo(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'q':   // BINPUT
                return Keep(Take(1)[0]);
            case (byte)'r':   // LONG_BINPUT
                return Keep(BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint))));
            case 0x94:   // MEMOIZE
                return Keep((uint)_memo.Count);
            case (byte)'h':   // BINGET
                return Push(Kept(Take(1)[0]));
            case (byte)'j':   // LONG_BINGET
                return Push(Kept(BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)))));
            default:
                return false;
        }
    }

    private void Calling(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'c':   // GLOBAL
                string module = Line();
                Push(PickleCalls.Global($"{module}.{Line()}"));
                break;
            case 0x93:   // STACK_GLOBAL
                Push(Tuple(2) is [string from, string name] ? PickleCalls.Global($"{from}.{name}") : throw Damaged("it asks for what has no name"));
                break;
            case (byte)'R':   // REDUCE
                Push(Tuple(2) is [PickleGlobal called, object?[] arguments]
                    ? PickleCalls.Call(called, arguments) : throw Damaged("it calls what cannot be called"));
                break;
            case (byte)'b':   // BUILD: what torch and NumPy add is not asked for, but for the order of bytes
                object? state = Pop();
                if (Top<object>("value") is NumpyType)
                {
                    if (state is not object?[] described || described is [_, ">", ..]) throw Damaged("it has numbers of another order of bytes");
                }
                else if (Top<object>("value") is not PickleDict)
                {
                    throw Damaged("it puts a state into what has none");
                }
                break;
            case (byte)'Q':   // BINPERSID
                Push(Storage(Pop()));
                break;
            default:
                throw Damaged($"its instruction 0x{instruction:x2} at byte {_at - 1} lays out no data");
        }
    }

    private TorchStorage Storage(object? id)
    {
        if (id is not object?[] named || named is not ["storage", PickleGlobal global, string key, _, long count, ..]
            || PickleCalls.Storage(global) is not { } type)
            throw Damaged("it names a storage as PyTorch does not");
        if (_bytesOf(key) is not { } bytes) throw new InvalidDataException($"it has no entry for its storage '{key}'.");
        return count >= 0 && (Int128)count * type.Bytes == bytes
            ? new(type, key, count)
            : throw new InvalidDataException($"its storage '{key}' should hold {count} numbers of {type.Bytes} bytes, but has {bytes} bytes.");
    }

    private static long Whole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long)) throw Damaged("it has a whole number of more than 64 bits");
        long value = bytes is [.., >= 0x80] ? -1 : 0;
        for (int i = bytes.Length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    private static void Set(PickleDict dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0) throw Damaged("a dictionary has a key without a value");
        for (int i = 0; i < pairs.Length; i += 2)
            if (pairs[i] is string name) dictionary[name] = pairs[i + 1];
    }

    private int Length(int bytes)
    {
        ReadOnlySpan<byte> length = Take(bytes);
        ulong value = bytes == sizeof(int) ? BinaryPrimitives.ReadUInt32LittleEndian(length) : BinaryPrimitives.ReadUInt64LittleEndian(length);
        return value <= (ulong)(_pickle.Length - _at) ? (int)value : throw Damaged("it is cut off");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _pickle.Length - _at) throw Damaged("it is cut off");
        _at += count;
        return _pickle.AsSpan(_at - count, count);
    }

    private string Line()
    {
        int length = _pickle.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0) throw Damaged("it is cut off");
        string line = s_strict.GetString(Take(length));
        _at++;
        return line;
    }

    private bool Push(object? value)
    {
        if (++_values > MostValues) throw Damaged($"it has more than {MostValues} values");
        _stack.Add(value);
        return true;
    }

    private object? Pop()
    {
        if (_stack.Count == Floor) throw Damaged("it takes values that it has not");
        object? value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Top<T>(string what) where T : class
        => _stack.Count > Floor && _stack[^1] is T top ? top : throw Damaged($"it has no {what} where it needs one");

    private object?[] Tuple(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    /// <summary>What stands above the last mark, which goes.</summary>
    private object?[] ToMark()
    {
        if (_marks.Count == 0) throw Damaged("it takes values from a mark that it has not");
        int mark = Floor;
        _marks.RemoveAt(_marks.Count - 1);
        object?[] items = [.. _stack[mark..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private bool Keep(uint index)
    {
        if (++_values > MostValues) throw Damaged($"it has more than {MostValues} values");
        _memo[index] = _stack.Count > Floor ? _stack[^1] : throw Damaged("it keeps a value that it has not");
        return true;
    }

    private object? Kept(uint index) => _memo.TryGetValue(index, out object? kept) ? kept : throw Damaged("it asks for a value that it has not kept");

    /// <summary>Below it no instruction reaches but those that take a mark.</summary>
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    private static InvalidDataException Damaged(string how) => new($"its pickle cannot be read: {how}.");
}
