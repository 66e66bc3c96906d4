using System.Reflection;
using System.Reflection.Emit;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What a method leaves out at its calls: arguments that are null, or nullables without a value, as the compiler passes for optional parameters.</summary>
/// <remarks>It follows the evaluation stack, of which it keeps no more than whether each entry is such a nothing.</remarks>
internal sealed class OmittedArguments
{
    private readonly MethodBase _method;
    private readonly byte[] _code;
    private readonly Stack<bool> _stack = new();
    private readonly HashSet<int> _emptyLocals = [];
    private readonly Dictionary<int, bool[]> _arrivals = [];
    private bool _lost;

    private OmittedArguments(MethodBase method)
    {
        (_method, _code) = (method, IntermediateLanguage.CodeOf(method));
        // A handler begins with its exception.
        foreach (ExceptionHandlingClause clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? [])
        {
            _arrivals[clause.HandlerOffset] = clause.Flags is ExceptionHandlingClauseOptions.Clause or ExceptionHandlingClauseOptions.Filter ? [false] : [];
            if (clause.Flags == ExceptionHandlingClauseOptions.Filter) _arrivals[clause.FilterOffset] = [false];
        }
    }

    /// <summary>A method's calls in order, each with the parameters that nothing is given for.</summary>
    public static IEnumerable<(MethodBase Called, ParameterInfo[] Omitted)> Of(MethodBase method) => new OmittedArguments(method).Run();

    private IEnumerable<(MethodBase Called, ParameterInfo[] Omitted)> Run()
    {
        int? address = null;   // the local whose address was taken last
        bool open = true;      // whether the instruction before this one goes on to it
        foreach (var instruction in IntermediateLanguage.Instructions(_code))
        {
            if (_arrivals.TryGetValue(instruction.At, out bool[]? arrival)) Become(arrival);
            else if (!open) Become([]);
            OpCode code = instruction.Code;
            open = code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
            string name = code.Name!;
            if (code.OperandType == OperandType.InlineMethod && name is "call" or "callvirt" or "newobj")
            {
                var called = (MethodBase)IntermediateLanguage.Resolve(_method, BitConverter.ToInt32(_code, instruction.Operand))!;
                ParameterInfo[] parameters = called.GetParameters();
                bool[] empty = new bool[parameters.Length];
                for (int i = parameters.Length; i-- > 0;) empty[i] = Pop();
                if (!called.IsStatic && name != "newobj") Pop();
                if (name == "newobj" || called is MethodInfo { ReturnType: var type } && type != typeof(void)) _stack.Push(false);
                yield return (called, [.. parameters.Where((_, i) => empty[i])]);
            }
            else if (name == "calli") _lost = true;
            else if (name == "ldnull") _stack.Push(true);
            else if (name == "dup") _stack.Push(_stack.Peek());
            else if (name.StartsWith("ldloca", StringComparison.Ordinal))
            {
                address = Local(instruction);
                _emptyLocals.Remove(address.Value);
                _stack.Push(false);
            }
            else if (name == "initobj")
            {
                Pop();
                if (IntermediateLanguage.Resolve(_method, BitConverter.ToInt32(_code, instruction.Operand)) is Type type && Nullable.GetUnderlyingType(type) is not null) _emptyLocals.Add(address!.Value);
            }
            else if (name.StartsWith("ldloc", StringComparison.Ordinal)) _stack.Push(_emptyLocals.Contains(Local(instruction)));
            else if (name.StartsWith("stloc", StringComparison.Ordinal))
            {
                if (Pop()) _emptyLocals.Add(Local(instruction));
                else _emptyLocals.Remove(Local(instruction));
            }
            else if (name == "ret") _stack.Clear();
            else
            {
                for (int i = Count(code.StackBehaviourPop.ToString(), "Pop0"); i > 0; i--) Pop();
                for (int i = Count(code.StackBehaviourPush.ToString(), "Push0"); i > 0; i--) _stack.Push(false);
            }
            foreach (int target in Targets(instruction)) _arrivals.TryAdd(target, name.StartsWith("leave", StringComparison.Ordinal) ? [] : [.. _stack.Reverse()]);
        }
    }

    private IEnumerable<int> Targets(IntermediateLanguage.Instruction instruction) => instruction.Code.OperandType switch
    {
        OperandType.ShortInlineBrTarget => [instruction.Next + (sbyte)_code[instruction.Operand]],
        OperandType.InlineBrTarget => [instruction.Next + BitConverter.ToInt32(_code, instruction.Operand)],
        OperandType.InlineSwitch => Enumerable.Range(1, BitConverter.ToInt32(_code, instruction.Operand)).Select(i => instruction.Next + BitConverter.ToInt32(_code, instruction.Operand + 4 * i)),
        _ => [],
    };

    private int Local(IntermediateLanguage.Instruction instruction) => instruction.Code.OperandType switch
    {
        OperandType.ShortInlineVar => _code[instruction.Operand],
        OperandType.InlineVar => BitConverter.ToUInt16(_code, instruction.Operand),
        _ => instruction.Code.Name![^1] - '0',
    };

    /// <summary>How many entries a behaviour names: Popref_popi_pop1 is three.</summary>
    private static int Count(string behaviour, string none) => behaviour == none ? 0 : behaviour.Split('_').Length;

    private void Become(bool[] stack)
    {
        _stack.Clear();
        foreach (bool entry in stack) _stack.Push(entry);
    }

    /// <summary>Behind a call through a pointer, whose signature it does not read, it knows no more what lies where.</summary>
    private bool Pop() => _stack.TryPop(out bool empty) ? empty : _lost ? false : throw new InvalidOperationException($"{_method.DeclaringType}.{_method.Name} takes more from the stack than it has put there.");
}
