using BenchmarkDotNet.Running;
using Tombola.Benchmarks;

if (args is ["peak"])
    KernelPeak.Print();
else if (args is ["convolution-peak"])
    ConvolutionPeak.Print();
else
    BenchmarkSwitcher.FromAssembly(typeof(KernelPeak).Assembly).Run(args);
