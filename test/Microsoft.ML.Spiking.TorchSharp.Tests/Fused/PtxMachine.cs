using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>Runs a kernel as its PTX says, one lane after the other: what the text computes, and not what it was made of. It knows what our kernels use, and no more.</summary>
internal sealed unsafe partial class PtxMachine
{
    private readonly string[][] _code;
    private readonly Dictionary<string, int> _labels = [];
    private readonly string[] _parameters;

    /// <param name="parameters">What stands between the parentheses of an entry.</param>
    /// <param name="body">What stands between its braces.</param>
    public PtxMachine(string parameters, string body)
    {
        _parameters = [.. Name().Matches(parameters).Select(match => match.Groups[1].Value)];
        var code = new List<string[]>();
        foreach (string line in body.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith(".reg", StringComparison.Ordinal)))
        {
            if (line.EndsWith(':')) _labels[line[..^1]] = code.Count;
            else code.Add([.. Word().Matches(line).Select(match => match.Value)]);
        }
        _code = [.. code];
    }

    /// <summary>Runs a thread.</summary>
    /// <param name="block">Its block.</param>
    /// <param name="thread">Which of the block.</param>
    /// <param name="threads">How many a block has.</param>
    /// <param name="arguments">Where each argument lies.</param>
    public void Run(uint block, uint thread, uint threads, void** arguments)
    {
        var registers = new Dictionary<string, ulong> { ["%ctaid.x"] = block, ["%ntid.x"] = threads, ["%tid.x"] = thread };
        for (int at = 0; at < _code.Length; at++)
        {
            string[] words = _code[at];
            if (words[0][0] == '@')
            {
                if (registers[words[0][1..]] == 0) continue;
                words = words[1..];
            }
            if (words[0] == "ret") return;
            if (words[0] == "bra") at = _labels[words[1]] - 1;
            else Execute(words, registers, arguments);
        }
        throw new InvalidOperationException("The kernel does not return.");
    }

    private void Execute(string[] words, Dictionary<string, ulong> registers, void** arguments)
    {
        string[] operation = words[0].Split('.');
        string type = operation[^1];
        ulong Value(int i) => Read(words[i], registers);
        float F(int i) => BitConverter.UInt32BitsToSingle((uint)Value(i));
        ulong Of(float number) => BitConverter.SingleToUInt32Bits(number);
        long S(int i) => type[1..] == "32" ? (int)Value(i) : (long)Value(i);
        if (operation[0] == "st")
        {
            *(uint*)Value(1) = (uint)Value(2);
            return;
        }
        ulong result = words[0] switch
        {
            "ld.param.b64" => *(ulong*)Argument(words[2], arguments),
            "ld.param.b32" or "ld.param.f32" => *(uint*)Argument(words[2], arguments),
            "ld.global.f32" => *(uint*)Value(2),
            "cvta.to.global.u64" or "mov.b32" or "mov.b64" or "mov.f32" => Value(2),
            "mul.rn.f32" => Of(F(2) * F(3)),
            "add.rn.f32" => Of(F(2) + F(3)),
            "sub.rn.f32" => Of(F(2) - F(3)),
            "div.rn.f32" => Of(F(2) / F(3)),
            "rcp.rn.f32" => Of(1 / F(2)),
            "neg.f32" => Of(-F(2)),
            "abs.f32" => Of(MathF.Abs(F(2))),
            "setp.ge.f32" => F(2) >= F(3) ? 1UL : 0,
            "setp.lt.f32" => F(2) < F(3) ? 1UL : 0,
            "setp.gt.f32" => F(2) > F(3) ? 1UL : 0,
            "setp.leu.f32" => F(2) > F(3) ? 0 : 1UL,
            "setp.ge.s32" => S(2) >= S(3) ? 1UL : 0,
            "setp.eq.s32" or "setp.eq.u32" or "setp.eq.b32" => (uint)Value(2) == (uint)Value(3) ? 1UL : 0,
            "selp.b32" or "selp.f32" => Value(4) != 0 ? Value(2) : Value(3),
            "cvt.s64.s32" => (ulong)(int)Value(2),
            "cvt.rn.f64.u64" => BitConverter.DoubleToUInt64Bits(Value(2)),
            "cvt.rn.f32.f64" => Of((float)BitConverter.UInt64BitsToDouble(Value(2))),
            "cvt.rn.f32.u64" => Of(Value(2)),
            "rem.s32" => (uint)((int)Value(2) % (int)Value(3)),
            "mul.wide.u32" => (ulong)(uint)Value(2) * (uint)Value(3),
            "mul.lo.s32" => (uint)(Value(2) * Value(3)),
            "mul.lo.s64" => Value(2) * Value(3),
            "mad.lo.s32" => (uint)(Value(2) * Value(3) + Value(4)),
            "mad.lo.u64" => Value(2) * Value(3) + Value(4),
            "add.s32" => (uint)(Value(2) + Value(3)),
            "add.s64" or "add.u64" => Value(2) + Value(3),
            "sub.s64" => Value(2) - Value(3),
            "shl.b32" => (uint)Value(2) << (int)Value(3),
            "shr.u64" => Value(2) >> (int)Value(3),
            "xor.b64" => Value(2) ^ Value(3),
            _ => throw new NotSupportedException(string.Join(' ', words)),
        };
        registers[words[1]] = result;
    }

    /// <summary>A register, a number, or a place in memory.</summary>
    private static ulong Read(string word, Dictionary<string, ulong> registers)
    {
        word = word.Trim('[', ']');
        if (word[0] == '%') return registers[word];
        if (word.StartsWith("0f", StringComparison.Ordinal)) return uint.Parse(word[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return word[0] == '-' ? (ulong)long.Parse(word, CultureInfo.InvariantCulture) : ulong.Parse(word, CultureInfo.InvariantCulture);
    }

    private byte* Argument(string word, void** arguments)
    {
        string[] place = word.Trim('[', ']').Split('+');
        return (byte*)arguments[Array.IndexOf(_parameters, place[0])] + (place.Length > 1 ? int.Parse(place[1], CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex(@"(\w+)(?:\[\d+\])?\s*(?:,|$)")]
    private static partial Regex Name();

    [GeneratedRegex(@"[^\s,;]+")]
    private static partial Regex Word();
}
