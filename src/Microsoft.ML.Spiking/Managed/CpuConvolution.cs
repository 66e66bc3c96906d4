using System.Collections.Concurrent;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>
/// A convolution layer on the CPU: the convolution of all steps, or of one where the input is the same in all, then normalisation, neurons and pooling, a
/// sample at a time in a core's cache.
/// </summary>
internal sealed class CpuConvolution : CpuLayer
{
    // A batch's share of the weights' gradient is that of so many parts at most, each one thread's, which are added in their order.
    private const int MostParts = 16, LeastOfPart = 4;

    // Places that are worth a product of the layer above.
    private const int PlacesTogether = 512;

    private readonly ConvolutionLayer _layer;
    private readonly LayerShape _shape;
    private readonly int _inputs, _places, _steps, _windows;   // inputs: with all delays
    private readonly int[] _placed;   // of an input without its delay, [channel, place]
    private readonly bool _scaleLearns, _follows;
    private readonly TrainedArray _weights;
    private readonly MapProduct _product;
    private readonly MapProduct? _back;   // null where nobody asks what its currents owe to its inputs
    private readonly MapNeurons _neurons;
    private readonly NormalisedMaps? _normalised;
    private readonly LearningNeurons? _constants;
    private readonly DelayLine? _delays;
    private readonly Fading? _fading;
    private readonly List<Stimulus> _received = [], _spikes = [];
    private readonly ConcurrentBag<MapRoom> _rooms = [];
    private readonly ConcurrentBag<MapProductRoom> _productRooms = [], _backRooms = [];
    private AlignedFloats _own = new(0), _shown = new(0);   // [sample, step, input], of one step where it is held; its own, or of the layer before
    private AlignedFloats _made = new(0), _found = new(0);   // [sample, step, channel, place], likewise, and the gradient by it
    private AlignedFloats _passed = new(0), _above = new(0);   // [sample, step, neuron that others read], and the gradient by it
    private AlignedFloats[] _parts = [];
    private IReadOnlyList<Stimulus> _stimuli = [];
    private int[] _lengths = [];
    private bool[] _there = [];   // of [sample, step]; empty where all are
    private int _copies;   // steps that the convolution makes: 1 where they are all alike
    private MapScale _scale = MapScale.None;
    private NeuronSums _accumulated = NeuronSums.BySample(0, 0, 0), _backwards = NeuronSums.BySample(0, 0, 0);
    private NeuronSums? _counted, _ofCounted;

    /// <param name="layer">The layer.</param>
    /// <param name="weights">[channel, input channel, kernel row, kernel column].</param>
    /// <param name="read">What it reads.</param>
    /// <param name="shape">What it makes of that.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="scaleLearns">Whether the loss's gradient goes on to the scale of the inputs.</param>
    /// <param name="follows">Whether it reads the spikes of another layer.</param>
    /// <param name="windows">Windows that its spikes are summed in.</param>
    /// <param name="timeConstant">The time constant of a readout that forgets; null where its spikes count alike.</param>
    public CpuConvolution(ConvolutionLayer layer, float[] weights, LayerInput read, LayerShape shape, int steps, bool scaleLearns, bool follows, int windows,
        double? timeConstant)
    {
        ImageShape image = read.Map!.Value;
        (_layer, _shape, _steps, _windows, _scaleLearns, _follows) = (layer, shape, steps, windows, scaleLearns, follows);
        (_inputs, _places) = (read.Count * layer.Delays.Length, image.Height * image.Width);
        _placed = [.. Enumerable.Range(0, read.Count).Select(input => image.ChannelOf(input) * _places + PlaceOf(image.Pixel(input)))];
        _fading = Fading.Of(timeConstant, steps);
        _weights = new TrainedArray(layer.WeightShape(shape), weights);
        var kernel = new MapKernel(image.Height, image.Width, image.Channels * layer.Delays.Length, layer.Channels, layer.KernelHeight, layer.KernelWidth);
        (_product, _neurons) = (MapProduct.Of(kernel), new MapNeurons(layer, image, shape));
        _delays = DelayLine.Of(layer, _inputs, steps);
        if (!Learns) return;
        if (follows || scaleLearns) _back = MapProduct.Of(kernel.Back);
        if (layer.Normalisation is { } rule) _normalised = new NormalisedMaps(rule, layer.Channels);
        _constants = LearningNeurons.Of(layer, _neurons.Lanes);

        int PlaceOf((int Row, int Column) pixel) => pixel.Row * image.Width + pixel.Column;
    }

    private CpuConvolution(CpuConvolution of)
    {
        (_layer, _shape, _steps, _windows, _scaleLearns, _follows) = (of._layer, of._shape, of._steps, of._windows, of._scaleLearns, of._follows);
        (_inputs, _places, _placed, _fading, _delays, _weights) = (of._inputs, of._places, of._placed, of._fading, of._delays, of._weights);
        (_product, _back, _neurons) = (of._product, of._back, of._neurons);
        (_normalised, _constants) = (of._normalised?.Twin(), of._constants?.Twin());
    }

    public override bool Learns => _layer.Learning is Surrogate;

    public override float[][] Measured => _normalised?.Measured ?? [];

    public override IEnumerable<StateArray> State => [.. _constants?.State ?? [], .. _normalised?.State ?? []];

    private int Batch => _lengths.Length;

    public override LayerActivity Run(LayerArrays layer, IReadOnlyList<Stimulus> stimuli, int batch)
    {
        _stimuli = stimuli;
        if (_delays is not null) stimuli = Received(stimuli, batch);
        _copies = Enumerable.Range(0, batch).All(sample => stimuli[sample].IsConstant) ? 1 : _steps;
        _shown = Grown(ref _own, batch, _copies * _inputs);
        Parallel.For(0, batch, sample => Place(stimuli[sample], _shown.Span.Slice(sample * _copies * _inputs, _copies * _inputs)));
        return Run([.. stimuli.Take(batch).Select(stimulus => stimulus.Length)]);
    }

    public override LayerActivity Run(LayerArrays layer, CpuLayer before, int batch)
    {
        if (_delays is not null || before is not CpuConvolution maps) return base.Run(layer, before, batch);
        (_shown, _copies) = (maps._passed, _steps);
        return Run(maps._lengths);
    }

    public override void Remember(ReadOnlySpan<float[]> measured) => _normalised?.Remember(measured);

    public override CpuLayer Twin() => new CpuConvolution(this);

    public override IReadOnlyList<Stimulus> Spikes(int batch)
    {
        while (_spikes.Count < batch) _spikes.Add(new Stimulus(_steps));
        Parallel.For(0, batch, sample =>
        {
            SpikeTrain train = _spikes[sample].Fire();
            for (int step = 0; step < _steps; step++, train.NextStep())
            {
                ReadOnlySpan<float> passed = Passed(_passed, sample, step);
                for (int neuron = 0; neuron < passed.Length; neuron++)
                    if (passed[neuron] != 0) train.Add(neuron);
            }
            _spikes[sample].Length = _lengths[sample];
        });
        return _spikes;
    }

    public override void Backward(LayerArrays layer, LayerActivity activity, CpuLayer? next)
    {
        if (!Learns) return;
        int ofSample = _steps * _shape.Neurons, together = Math.Max(1, PlacesTogether / (_steps * _shape.PerGroup));
        Grown(ref _above, Batch, ofSample);
        Grown(ref _found, Batch, _copies * _neurons.Neurons);
        Parallel.For(0, (Batch + together - 1) / together, group =>
        {
            int first = group * together, end = Math.Min(first + together, Batch);
            Span<float> above = _above.Span[(first * ofSample)..(end * ofSample)];
            if (next is { Learns: true }) next.OfInputs(first, above);
            else above.Clear();
            for (int sample = first; sample < end; sample++) Backward(activity, sample);
        });
        _constants?.LeaveGradients();
        _normalised?.Backward(_made, _found, Batch * _copies * _neurons.Neurons, _places, Counting);
        AddWeights();
        _back?.Take(_weights.Weights.Span, back: true);
    }

    public override void OfInputs(int first, Span<float> gradient)
    {
        int size = _steps * _inputs / _layer.Delays.Length, ofSample = _copies * _neurons.Neurons;
        if (!_backRooms.TryTake(out MapProductRoom? room)) room = _back!.Room();
        if (_delays is null)
        {
            _back!.Run(_found.Span.Slice(first * ofSample, gradient.Length / size * ofSample), gradient, room);
        }
        else
        {
            var received = new float[_steps * _inputs];
            for (int at = 0; at < gradient.Length; at += size, first++)
            {
                _back!.Run(_found.Span.Slice(first * ofSample, ofSample), received, room);
                _delays.Backward(received, gradient.Slice(at, size));
            }
        }
        _backRooms.Add(room);
    }

    public override void LeaveInputScale(NetworkArrays network)
    {
        if (!_scaleLearns || !Learns) return;
        float[] currents = new float[_neurons.Neurons], ofPlaces = new float[_inputs], ofInputs = new float[_inputs];
        MapProductRoom room = _back!.Room();
        for (int sample = 0; sample < Batch; sample++)
        {
            Array.Clear(currents);
            for (int step = 0; step < _copies; step++)
                Elementwise.Add(_found.Span.Slice((sample * _copies + step) * currents.Length, currents.Length), currents);
            _back.Run(currents, ofPlaces, room);
            for (int input = 0; input < ofInputs.Length; input++) ofInputs[input] = ofPlaces[_placed[input]];
            InputScaleGradient.Add(network, _stimuli[sample], ofInputs);
        }
    }

    public override void Train(GradientDescent descent)
    {
        if (!Learns) return;
        descent.Add(descent.Rule.ColumnWeightFactor, _weights);
        _constants?.Train(descent);
        _normalised?.Train(descent);
    }

    public override float[] InputWeights() => _weights.Weights.Span.ToArray();

    public override Layer? Now() => _constants?.Learnt();

    public override NeuronInput Learnt() => _normalised?.Fold(InputWeights()) ?? new NeuronInput(InputWeights(), []);

    /// <summary>Maps that count in the normalisation: those that the convolution has made, where any come after a row's end.</summary>
    private bool[] Counting => _copies == 1 ? [] : _there;

    /// <summary>Runs the layer on what it is shown.</summary>
    /// <param name="lengths">The samples' own steps.</param>
    private LayerActivity Run(int[] lengths)
    {
        _lengths = lengths;
        _there = lengths.All(length => length == _steps) ? [] : [.. lengths.SelectMany(length => Enumerable.Range(0, _steps).Select(step => step < length))];
        int maps = Batch * _copies, neurons = _neurons.Neurons;
        Grown(ref _made, Batch, _copies * neurons);
        Grown(ref _passed, Batch, _steps * _shape.Neurons);
        Count();
        _constants?.Expect(Batch);
        _product.Take(_weights.Weights.Span);
        int together = Math.Max(1, PlacesTogether / _places);
        Parallel.For(0, (maps + together - 1) / together, group =>
        {
            int first = group * together, end = Math.Min(first + together, maps);
            if (!_productRooms.TryTake(out MapProductRoom? room)) room = _product.Room();
            _product.Run(_shown.Span[(first * _inputs)..(end * _inputs)], _made.Span[(first * neurons)..(end * neurons)], room);
            _productRooms.Add(room);
        });
        _scale = _normalised?.Measure(_made, maps * neurons, _places, Counting) ?? MapScale.None;
        Parallel.For(0, Batch, Fire);
        return new LayerActivity(MeanRates(), _accumulated, _backwards) { Steps = OwnSteps(), Counted = _counted, CountedGradient = _ofCounted };
    }

    /// <summary>Runs a sample's neurons, and sums up what they pass on.</summary>
    private void Fire(int sample)
    {
        if (!_rooms.TryTake(out MapRoom? room)) room = _neurons.Room(_steps);
        _neurons.Run(Made(_made, sample), _scale, Steps(_passed, sample), room);
        _rooms.Add(room);
        for (int step = _lengths[sample]; step < _steps; step++) Passed(_passed, sample, step).Clear();

        Span<float> sums = _accumulated.Sample(sample);
        sums.Clear();
        for (int window = 0; window < _windows; window++)
        {
            Span<float> own = sums.Slice(window * _shape.Neurons, _shape.Neurons);
            var (start, end) = TimeWindow.Of(_lengths[sample], _windows, window);
            for (int step = start; step < end; step++)
            {
                if (_fading is not null) Elementwise.Multiply(own, _fading.Decay, own);
                Elementwise.Add(Passed(_passed, sample, step), own);
            }
        }
        if (_counted is null) return;
        Span<float> counted = _counted.Sample(sample);
        counted.Clear();
        for (int step = 0; step < _lengths[sample]; step++) Elementwise.Add(Passed(_passed, sample, step), counted);
    }

    /// <summary>Goes back through a sample's sums, and through its neurons.</summary>
    private void Backward(LayerActivity activity, int sample)
    {
        ReadOnlySpan<float> ofSums = activity.Gradient.Sample(sample), ofCounted = activity.CountedGradient is { } counted ? counted.Sample(sample) : default;
        for (int window = 0; window < _windows; window++)
        {
            var (start, end) = TimeWindow.Of(_lengths[sample], _windows, window);
            for (int step = start; step < end; step++)
            {
                ReadOnlySpan<float> own = ofSums.Slice(window * _shape.Neurons, _shape.Neurons);
                Span<float> gradient = Passed(_above, sample, step);
                if (_fading is null) Elementwise.Add(own, gradient);
                else Elementwise.AddProduct(own, _fading.Weights(end - start)[step - start], gradient);
                if (!ofCounted.IsEmpty) Elementwise.Add(ofCounted, gradient);
            }
        }
        for (int step = _lengths[sample]; step < _steps; step++) Passed(_above, sample, step).Clear();

        if (!_rooms.TryTake(out MapRoom? room)) room = _neurons.Room(_steps);
        _neurons.Back(Made(_made, sample), _scale, Steps(_above, sample), Made(_found, sample), room,
            _constants is null ? default : _constants.Gradients(sample, panel: 0));
        _rooms.Add(room);
    }

    /// <summary>Adds the gradient of the weights: of each part of the batch by one thread, and then those of the parts in their order.</summary>
    private void AddWeights()
    {
        int ofPart = Math.Max(LeastOfPart, (Batch + MostParts - 1) / MostParts), parts = (Batch + ofPart - 1) / ofPart;
        if (_parts.Length < parts) _parts = [.. Enumerable.Range(0, parts).Select(_ => new AlignedFloats(_product.Sums))];
        Parallel.For(0, parts, part =>
        {
            int first = part * ofPart * _copies, end = Math.Min((part + 1) * ofPart, Batch) * _copies;
            if (!_productRooms.TryTake(out MapProductRoom? room)) room = _product.Room();
            _parts[part].Span.Clear();
            _product.AddWeights(_shown.Span[(first * _inputs)..(end * _inputs)], _found.Span[(first * _neurons.Neurons)..(end * _neurons.Neurons)],
                _parts[part], room);
            _productRooms.Add(room);
        });
        for (int part = 1; part < parts; part++) Elementwise.Add(_parts[part].Span, _parts[0].Span);
        _product.Leave(_parts[0], _weights.Gradient.Span);
    }

    /// <summary>What arrives through the synapses, where they have delays.</summary>
    private List<Stimulus> Received(IReadOnlyList<Stimulus> shown, int batch)
    {
        while (_received.Count < batch) _received.Add(new Stimulus(_steps));
        Parallel.For(0, batch, sample => _delays!.Delay(shown[sample], _received[sample]));
        return _received;
    }

    /// <summary>Lays a sample out as maps, [step, input channel, place].</summary>
    private void Place(Stimulus stimulus, Span<float> maps)
    {
        maps.Clear();
        for (int step = 0; step < _copies; step++)
        {
            Span<float> own = maps.Slice(step * _inputs, _inputs);
            if (stimulus.IsConstant) Place(stimulus.Inputs, stimulus.Values, own);
            else Place(stimulus.Train[step], stimulus.Train.IsGraded ? stimulus.Train.Values(step) : default, own);
        }
    }

    private void Place(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, Span<float> maps)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            var (copy, input) = Math.DivRem(inputs[i], _placed.Length);
            maps[copy * _placed.Length + _placed[input]] = values.IsEmpty ? 1 : values[i];
        }
    }

    /// <summary>Makes room for a batch's sums.</summary>
    private void Count()
    {
        if (_accumulated.Batch == Batch) return;
        _accumulated = NeuronSums.BySample(Batch, _shape.Groups, _shape.PerGroup, _windows);
        _backwards = _accumulated.Alike();
        if (_fading is null) return;
        _counted = NeuronSums.BySample(Batch, _shape.Groups, _shape.PerGroup);
        _ofCounted = _counted.Alike();
    }

    private (float[] Windows, int[] Samples)? OwnSteps()
    {
        if (_windows == 1 && _fading is null && _there.Length == 0) return null;
        return ([.. _lengths.SelectMany(length => Enumerable.Range(0, _windows).Select(window => StepsOf(length, window)))], _lengths);

        float StepsOf(int length, int window)
        {
            var (start, end) = TimeWindow.Of(length, _windows, window);
            return _fading?.Total(end - start) ?? Math.Max(1, end - start);
        }
    }

    /// <summary>The channels' rates, means over the batch, [time, channel].</summary>
    private float[] MeanRates()
    {
        var rates = new float[_steps * _shape.Groups];
        Parallel.For(0, _shape.Groups, channel =>
        {
            for (int step = 0; step < _steps; step++)
            {
                float fired = 0;   // a whole number, whatever the order
                for (int sample = 0; sample < Batch; sample++)
                    fired += FixedSum.OfSizes(Passed(_passed, sample, step).Slice(channel * _shape.PerGroup, _shape.PerGroup));
                rates[step * _shape.Groups + channel] = fired / ((float)Batch * _shape.PerGroup);
            }
        });
        return rates;
    }

    private SampleSteps Made(AlignedFloats all, int sample)
        => new(all.Span.Slice(sample * _copies * _neurons.Neurons, _copies * _neurons.Neurons), _copies, batch: 1, sample: 0);

    private SampleSteps Steps(AlignedFloats all, int sample)
        => new(all.Span.Slice(sample * _steps * _shape.Neurons, _steps * _shape.Neurons), _steps, batch: 1, sample: 0);

    private Span<float> Passed(AlignedFloats all, int sample, int step) => all.Span.Slice((sample * _steps + step) * _shape.Neurons, _shape.Neurons);

    /// <summary>Makes room for a batch.</summary>
    /// <param name="numbers">The room that there is.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="ofSample">Numbers of each.</param>
    private static AlignedFloats Grown(ref AlignedFloats numbers, int batch, int ofSample)
    {
        long needed = (long)batch * ofSample;
        if (needed > Array.MaxLength)
            throw Trouble.Batch.InvalidOperation(
                $"The maps of {batch} samples are {needed} numbers in a ConvolutionLayer, more than an array holds; make BatchSize smaller.");
        if (numbers.Length < needed) numbers = new AlignedFloats((int)needed);
        return numbers;
    }
}
