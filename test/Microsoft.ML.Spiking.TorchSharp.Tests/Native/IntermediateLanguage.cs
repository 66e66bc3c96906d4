using System.Reflection;
using System.Reflection.Emit;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What methods do, read from their compiled code.</summary>
internal static class IntermediateLanguage
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <param name="Code">What is done.</param>
    /// <param name="At">Where in the method.</param>
    /// <param name="Operand">Where its operand is.</param>
    /// <param name="Next">Where the next one is.</param>
    public readonly record struct Instruction(OpCode Code, int At, int Operand, int Next);

    /// <summary>All methods and constructors that a type declares.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All));

    /// <summary>Which methods a method calls.</summary>
    public static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] code = CodeOf(method);
        foreach (Instruction instruction in Instructions(code))
            if (instruction.Code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(code, instruction.Operand)) is MethodBase called) yield return called;
    }

    public static byte[] CodeOf(MethodBase method) => method.GetMethodBody()?.GetILAsByteArray() ?? [];

    public static IEnumerable<Instruction> Instructions(byte[] code)
    {
        for (int at = 0, operand = 0, next = 0; at < code.Length; at = next)
        {
            operand = at;
            short value = code[operand++];
            if (value == 0xFE) value = (short)(0xFE00 | code[operand++]);
            OpCode opCode = s_opCodes[value];
            next = operand + opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, operand),
                _ => 4,
            };
            yield return new Instruction(opCode, at, operand, next);
        }
    }

    /// <summary>The method or type that a token in a method's code stands for.</summary>
    public static MemberInfo? Resolve(MethodBase method, int token)
    {
        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }
}
