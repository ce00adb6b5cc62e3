using Tombola.Cli;

return await Application.RunAsync(args, AnsiTerminal.Create()).ConfigureAwait(false);
