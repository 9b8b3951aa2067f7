using Verify.Cli;

return await VerifyCommand.Run(args);
